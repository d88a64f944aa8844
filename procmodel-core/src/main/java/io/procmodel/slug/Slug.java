package io.procmodel.slug;

import com.google.common.base.MoreObjects;
import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import io.procmodel.error.StorageException;
import io.procmodel.procfile.ProcessType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A built app, ready to be released: the name of its archive in a {@link SlugStore} and the process types that it declares
 * (Heroku: PROC-19, BLD-30). Two are equal if they have one digest and declare the same process types: neither the store
 * nor the compression of the archive is part of what a slug is. Immutable.
 */
public final class Slug {
    private final SlugDigest digest;
    private final long archiveBytes;
    private final long unpackedBytes;
    private final ImmutableList<ProcessType> processTypes;
    private final @Nullable SlugStore store;

    /**
     * Describes a slug that may be in a store or not; {@link #in} says in which.
     *
     * @param digest the identity of the archive
     * @param archiveBytes the size of the compressed archive, in bytes
     * @param unpackedBytes the sum of the sizes of its files, in bytes
     * @param processTypes what the app can run, in the order of its Procfile
     * @throws IllegalArgumentException if a size is negative
     */
    public Slug(SlugDigest digest, long archiveBytes, long unpackedBytes, List<ProcessType> processTypes) {
        this(digest, archiveBytes, unpackedBytes, processTypes, null);
    }

    private Slug(
            SlugDigest digest,
            long archiveBytes,
            long unpackedBytes,
            List<ProcessType> processTypes,
            @Nullable SlugStore store) {
        Preconditions.checkArgument(archiveBytes >= 0, "archiveBytes: %s (expected: >= 0)", archiveBytes);
        Preconditions.checkArgument(unpackedBytes >= 0, "unpackedBytes: %s (expected: >= 0)", unpackedBytes);
        this.digest = Objects.requireNonNull(digest, "digest");
        this.archiveBytes = archiveBytes;
        this.unpackedBytes = unpackedBytes;
        this.processTypes = ImmutableList.copyOf(processTypes);
        this.store = store;
    }

    /** The same slug, whose bytes are in {@code place}. Those of builds and releases are in the platform's store. */
    public Slug in(SlugStore place) {
        return new Slug(digest, archiveBytes, unpackedBytes, processTypes, Objects.requireNonNull(place, "place"));
    }

    /** The identity of the archive. */
    public SlugDigest digest() {
        return digest;
    }

    /** The size of the compressed archive, in bytes. */
    public long archiveBytes() {
        return archiveBytes;
    }

    /** The sum of the sizes of its files, in bytes. */
    public long unpackedBytes() {
        return unpackedBytes;
    }

    /** What the app can run, in the order of its Procfile. */
    public List<ProcessType> processTypes() {
        return processTypes;
    }

    /**
     * Reads what it holds, sorted by path; all of the archive is read and verified. Blocks on the store and the processor.
     *
     * @throws SlugNotFoundException if it is in no store, or not any more
     * @throws SlugChecksumException if the archive is not that slug
     * @throws StorageException if the store fails
     */
    public List<SlugFile> files() {
        return manifest().files();
    }

    /**
     * What one has to do to this slug to get {@code other}. Reads both as {@link #files} does, unless they are the same.
     *
     * @throws SlugNotFoundException if one is in no store, or not any more
     * @throws SlugChecksumException if an archive is not the slug that it should be
     * @throws StorageException if a store fails
     */
    public SlugDiff diff(Slug other) {
        return digest.equals(other.digest)
                ? new SlugDiff(List.of(), List.of(), List.of())
                : manifest().diff(other.manifest());
    }

    private SlugManifest manifest() {
        if (store == null) {
            throw new SlugNotFoundException(digest);
        }
        return SlugManifest.read(store, digest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slug that && digest.equals(that.digest) && processTypes.equals(that.processTypes);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return MoreObjects.toStringHelper(this)
                .add("digest", digest)
                .add("archiveBytes", archiveBytes)
                .add("unpackedBytes", unpackedBytes)
                .add("processTypes", processTypes)
                .toString();
    }
}
