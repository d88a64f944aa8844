package io.procmodel.slug;

import io.procmodel.error.StorageException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;

/**
 * Where slugs are kept, each under its digest. A store moves bytes and knows nothing of what is in them:
 * {@link SlugPacker} writes archives into it and {@link SlugExpander} reads and verifies them.
 *
 * <p>An implementation is thread-safe, and a slug that was committed is durable and whole: a reader never sees a part of
 * one, also with writers in other threads, JVMs or machines, and also after a crash. All methods block on the store and
 * throw {@link StorageException} when it fails.
 */
public interface SlugStore {
    /**
     * How new archives are to be compressed. Those that are there may be compressed in this way, or with gzip, which is
     * the default.
     */
    default SlugCompression compression() {
        return SlugCompression.gzip();
    }

    /** Starts to store one slug; nothing can be seen of it until it is committed. */
    SlugUpload upload();

    /**
     * Opens the compressed archive of a slug. The caller closes the stream. A slug that is deleted meanwhile is still read
     * to its end, or the stream fails; it never ends early.
     *
     * @throws SlugNotFoundException if the store has no such slug
     */
    InputStream open(SlugDigest digest);

    /** Whether the store has the slug. */
    boolean contains(SlugDigest digest);

    /** The slugs of the store, sorted by digest. */
    List<SlugDigest> list();

    /** Removes a slug, and says whether it was there. */
    boolean delete(SlugDigest digest);

    /**
     * Notes that a release is about to name a slug, so that {@link #deleteUnused} spares it, and says whether it is there.
     */
    default boolean renew(SlugDigest digest) {
        return contains(digest);
    }

    /**
     * Removes a slug if it was neither committed nor renewed since {@code before}, and says whether it did. Whoever commits
     * or renews it at the same moment, in this JVM or another, keeps it or is told that it is gone. A store that does not
     * know when its slugs were used removes none, which is the default.
     */
    default boolean deleteUnused(SlugDigest digest, Instant before) {
        return false;
    }
}
