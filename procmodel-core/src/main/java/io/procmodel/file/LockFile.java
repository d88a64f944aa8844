package io.procmodel.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that one owner at a time has locked, over all processes of this machine and within this one. The operating system
 * gives the lock of a dead process back at once. Thread-safe; nothing waits.
 */
public final class LockFile implements Closeable {
    /**
     * The files locked in this process. The operating system keeps file locks per process, and drops them when any channel
     * on the file is closed: a second owner in this process must be turned away before it opens the file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel channel;
    private final @Nullable Object identity;

    private LockFile(Path path, FileChannel channel, @Nullable Object identity) {
        this.path = path;
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * Locks a file, which is created with mode 0600 if it is missing; its directory must exist.
     *
     * @return empty if somebody else has it locked
     * @throws IOException if it cannot be opened or locked
     */
    public static Optional<LockFile> tryLock(Path file) throws IOException {
        Path path = real(file);
        if (!HELD.add(path)) {
            return Optional.empty();
        }
        @Nullable LockFile locked = null;
        try {
            locked = lock(path);
            return Optional.ofNullable(locked);
        } finally {
            if (locked == null) {
                HELD.remove(path);
            }
        }
    }

    /** Whether an owner within this process has the file locked. */
    public static boolean isHeldHere(Path file) throws IOException {
        return HELD.contains(real(file));
    }

    private static Path real(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent();
        return directory == null ? absolute : directory.toRealPath().resolve(absolute.getFileName());
    }

    private static @Nullable LockFile lock(Path path) throws IOException {
        FileChannel channel = DurableFiles.openPrivateFile(path);
        boolean locked = false;
        try {
            Object identity = identity(path);
            locked = channel.tryLock() != null;
            return locked ? new LockFile(path, channel, identity) : null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** Whether the path still names the file that was locked, and not another one that somebody put in its place. */
    public boolean isInPlace() throws IOException {
        try {
            return channel.isOpen() && (identity == null || identity.equals(identity(path)));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static @Nullable Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** The locked file's content, for its owner. */
    public FileChannel channel() {
        return channel;
    }

    /** Gives the lock back; a second call does nothing. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try {
                channel.close();
            } finally {
                HELD.remove(path);
            }
        }
    }
}
