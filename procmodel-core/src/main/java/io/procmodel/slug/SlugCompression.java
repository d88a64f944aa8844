package io.procmodel.slug;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * How the archives of slugs are compressed. It is no part of a slug's identity, which is the digest of the uncompressed
 * tar: a slug that was packed twice, with two compressions, is one slug. Thread-safe.
 */
public interface SlugCompression {
    /** Gzip, deflated by as many threads as the machine has processors; the default, and always readable. */
    static SlugCompression gzip() {
        return new GzipCompression(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Gzip, deflated by so many threads. The bytes do not depend on their number.
     *
     * @throws IllegalArgumentException if {@code threads} is not 1 or more
     */
    static SlugCompression gzip(int threads) {
        return new GzipCompression(threads);
    }

    /** What a person calls it, such as {@code gzip}. */
    String name();

    /** The bytes that every archive of this kind starts with, and no archive of another kind. */
    byte[] magic();

    /**
     * Compresses what is written to the result into {@code archive}. Closing the result ends the archive and closes
     * {@code archive}; it must be closed in any case, for it may own threads and memory outside the heap.
     */
    OutputStream compress(OutputStream archive) throws IOException;

    /**
     * Reads back what {@link #compress} wrote.
     *
     * @throws IOException if {@code archive} cannot be read, or is not of this kind
     */
    InputStream decompress(InputStream archive) throws IOException;
}
