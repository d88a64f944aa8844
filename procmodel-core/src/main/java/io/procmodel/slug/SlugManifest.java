package io.procmodel.slug;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import io.procmodel.error.StorageException;
import java.util.List;
import java.util.Optional;

/** What a slug holds, in the order of the paths. Immutable. */
public final class SlugManifest {
    private final SlugDigest slug;
    private final ImmutableSortedMap<String, SlugFile> files;

    SlugManifest(SlugDigest slug, List<SlugFile> files) {
        this.slug = slug;
        this.files = ImmutableSortedMap.copyOf(Maps.uniqueIndex(files, SlugFile::path));
    }

    /**
     * Reads a slug, all of it, and verifies it. Blocks on the store and the processor.
     *
     * @throws SlugNotFoundException if the store has no such slug
     * @throws SlugChecksumException if the archive is not that slug
     * @throws StorageException if the store fails
     */
    public static SlugManifest read(SlugStore store, SlugDigest slug) {
        ImmutableList.Builder<SlugFile> files = ImmutableList.builder();
        VerifiedArchive.read(store, slug, tar -> files.addAll(ManifestReader.read(tar)));
        return new SlugManifest(slug, files.build());
    }

    /** The slug that this is the manifest of. */
    public SlugDigest slug() {
        return slug;
    }

    /** The files, directories and links, sorted by path. */
    public List<SlugFile> files() {
        return files.values().asList();
    }

    /** What is at a path, such as {@code bin/web}. */
    public Optional<SlugFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** What one has to do to this slug to get {@code other}. */
    public SlugDiff diff(SlugManifest other) {
        return SlugDiff.between(files, other.files);
    }
}
