package io.procmodel.slug;

import com.google.common.io.CountingOutputStream;
import io.procmodel.error.StorageException;
import io.procmodel.procfile.ProcessType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.List;

/**
 * Turns a directory into a slug of a store. Regular files (hard links too, as copies), directories, the executable bit and
 * symbolic links inside the tree are kept; times, owners and other mode bits are not. Thread-safe; packing blocks on the
 * disk and the processor.
 */
public final class SlugPacker {
    private static final int BUFFER = 1 << 16;

    private final SlugStore store;
    private final long mostArchiveBytes;

    private SlugPacker(SlugStore store, long mostArchiveBytes) {
        this.store = store;
        this.mostArchiveBytes = mostArchiveBytes;
    }

    /** A packer that stores slugs of any size in {@code store}. */
    public static SlugPacker into(SlugStore store) {
        return new SlugPacker(store, Long.MAX_VALUE);
    }

    /** The same packer, with a limit on the size of the compressed archive, in bytes (Heroku: BLD-6). */
    public SlugPacker limitedTo(long archiveBytes) {
        return new SlugPacker(store, archiveBytes);
    }

    /**
     * Checks, without packing it, that a slug can hold everything below {@code tree}.
     *
     * @throws SlugEntryException if it cannot, as {@link #pack} would
     */
    public static void check(Path tree) {
        TreeScan.of(tree);
    }

    /**
     * Packs everything below {@code tree} and stores it.
     *
     * @param tree the root directory of the app
     * @param processTypes what the app can run
     * @throws SlugEntryException if a slug cannot hold a file of the tree
     * @throws SlugTooLargeException if the archive is larger than the limit
     * @throws StorageException if the archive cannot be written
     */
    public Slug pack(Path tree, List<ProcessType> processTypes) {
        List<TreeEntry> entries = TreeScan.of(tree);
        try (SlugUpload upload = store.upload()) {
            Sha256 identity = new Sha256();
            CountingOutputStream archive = new CountingOutputStream(upload.stream());
            write(entries, archive, identity);
            if (archive.getCount() > mostArchiveBytes) {
                throw SlugTooLargeException.of(archive.getCount(), mostArchiveBytes, entries);
            }
            SlugDigest digest = identity.digest();
            upload.commit(digest);
            return new Slug(digest, archive.getCount(), unpackedBytes(entries), processTypes).in(store);
        } catch (IOException e) {
            throw new StorageException("pack", tree, e);
        }
    }

    private void write(List<TreeEntry> entries, OutputStream archive, Sha256 identity) throws IOException {
        try (OutputStream compressed = store.compression().compress(archive);
                OutputStream uncompressed =
                        new BufferedOutputStream(new DigestOutputStream(compressed, identity.messageDigest()), BUFFER);
                CanonicalTar tar = new CanonicalTar(uncompressed)) {
            for (TreeEntry entry : entries) {
                tar.add(entry);
            }
        }
    }

    private static long unpackedBytes(List<TreeEntry> entries) {
        long bytes = 0;
        for (TreeEntry entry : entries) {
            bytes += entry.size();
        }
        return bytes;
    }
}
