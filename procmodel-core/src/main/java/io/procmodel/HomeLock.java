package io.procmodel;

import io.procmodel.file.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The claim of one platform on a home directory. Two marks make it: a file lock, which the operating system takes back
 * from a dead process at once and which keeps out other JVMs; and a marker file named after this process, which keeps out
 * other platforms of this JVM and tells strangers who holds the home.
 *
 * <p>Why the marker comes first: closing any channel of a locked file drops the lock of the whole JVM, so a second platform
 * of this JVM must be turned away before it touches the lock file.
 */
final class HomeLock implements AutoCloseable {
    private static final String LOCK = ".lock";
    private static final String MARKER_PREFIX = ".holder-";

    /** Two processes see a start at different times when the wall clock was set meanwhile; no id is used again so soon. */
    private static final long CLOCK_STEP_MILLIS = 5_000;

    private final Path marker;
    private final FileChannel channel;

    private HomeLock(Path marker, FileChannel channel) {
        this.marker = marker;
        this.channel = channel;
    }

    /**
     * Claims a home.
     *
     * @throws HomeInUseException if it is claimed already
     * @throws IOException if it cannot be written
     */
    static HomeLock claim(Path home) throws IOException {
        Path marker = home.resolve(MARKER_PREFIX + identity(ProcessHandle.current()));
        try {
            DurableFiles.createNewPrivateFile(marker);
        } catch (FileAlreadyExistsException e) {
            throw new HomeInUseException(
                    home, OptionalLong.of(ProcessHandle.current().pid()));
        }
        @Nullable FileChannel channel = null;
        try {
            channel = lock(home.resolve(LOCK));
        } finally {
            if (channel == null) {
                Files.deleteIfExists(marker);
            }
        }
        if (channel == null) {
            throw new HomeInUseException(home, holder(home));
        }
        removeStaleMarkers(home, marker);
        return new HomeLock(marker, channel);
    }

    private static @Nullable FileChannel lock(Path file) throws IOException {
        FileChannel channel = DurableFiles.openPrivateFile(file);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This JVM holds it, under a marker with another start time: the wall clock was set meanwhile.
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? null : channel;
    }

    /** A process id together with its start time, since ids are used again. */
    private static String identity(ProcessHandle process) {
        return process.pid() + "-" + started(process);
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static OptionalLong holder(Path home) throws IOException {
        try (DirectoryStream<Path> markers = Files.newDirectoryStream(home, MARKER_PREFIX + "*")) {
            for (Path marker : markers) {
                String identity = String.valueOf(marker.getFileName()).substring(MARKER_PREFIX.length());
                long pid = Long.parseLong(identity.substring(0, identity.indexOf('-')));
                long started = Long.parseLong(identity.substring(identity.indexOf('-') + 1));
                boolean alive = ProcessHandle.of(pid)
                        .map(process -> Math.abs(started(process) - started) < CLOCK_STEP_MILLIS)
                        .orElse(false);
                if (alive) {
                    return OptionalLong.of(pid);
                }
            }
        }
        return OptionalLong.empty();
    }

    private static void removeStaleMarkers(Path home, Path own) throws IOException {
        try (DirectoryStream<Path> markers = Files.newDirectoryStream(home, MARKER_PREFIX + "*")) {
            for (Path marker : markers) {
                if (!marker.equals(own)) {
                    Files.deleteIfExists(marker);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(marker);
    }
}
