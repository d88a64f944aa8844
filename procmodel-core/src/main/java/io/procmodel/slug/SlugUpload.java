package io.procmodel.slug;

import java.io.OutputStream;

/**
 * One slug on its way into a {@link SlugStore}: write the archive to {@link #stream()}, then {@link #commit}. Closing
 * without a commit leaves nothing behind. Not thread-safe.
 */
public interface SlugUpload extends AutoCloseable {
    /** Takes the bytes of the compressed archive. Closing it is allowed, and does not end the upload. */
    OutputStream stream();

    /**
     * Makes what was written durable under {@code digest}, and ends the upload. When the store has that slug already, the
     * new bytes take the place of the old: they hold the same content, and the old ones may be damaged.
     *
     * @throws IllegalStateException if the upload was committed or closed before
     */
    void commit(SlugDigest digest);

    /** Ends the upload, and drops what was written unless it was committed. Has no effect the second time. */
    @Override
    void close();
}
