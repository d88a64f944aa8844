package io.procmodel.slug;

import io.procmodel.file.LockFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The short moment in which one thread of one JVM decides whether a slug of a directory stays: it is committed, renewed or
 * removed. Nobody holds it longer than a rename takes.
 */
final class StoreLock implements Closeable {
    private static final String NAME = ".lock";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private final LockFile file;

    private StoreLock(LockFile file) {
        this.file = file;
    }

    /** Waits for the lock of a directory, a minute at most. */
    static StoreLock of(Path directory) throws IOException {
        Path path = directory.resolve(NAME);
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            Optional<LockFile> locked = LockFile.tryLock(path);
            if (locked.isPresent()) {
                return new StoreLock(locked.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IOException(path + " is locked by somebody else for " + PATIENCE.toSeconds() + " s");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
