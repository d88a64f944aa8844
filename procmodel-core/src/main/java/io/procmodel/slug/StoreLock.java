package io.procmodel.slug;

import io.procmodel.file.LockFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The short moment in which one thread of one JVM decides whether a slug of a directory stays: it is committed, renewed or
 * removed. Nobody holds it longer than a rename takes.
 */
final class StoreLock {
    private static final String NAME = ".lock";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private final Path path;

    private StoreLock(Path path) {
        this.path = path;
    }

    /** What is done under the lock. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }

    /** Does something under the lock beside a directory, for which it waits a minute at most. */
    static <T> T holding(Path directory, Action<T> action) throws IOException {
        LockFile file = new StoreLock(directory.resolveSibling(NAME)).take();
        try {
            return action.run();
        } finally {
            file.close();
        }
    }

    private LockFile take() throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            Optional<LockFile> locked = LockFile.tryLock(path);
            if (locked.isPresent()) {
                return locked.get();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IOException(path + " is locked by somebody else for " + PATIENCE.toSeconds() + " s");
    }
}
