package io.procmodel.slug;

import io.procmodel.file.DurableFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * A half-written file that its writer holds a lock on until it is moved to its place or dropped. The lock ends with the
 * writer's process, however that ends, so a file that is not locked is a leftover.
 */
final class IncomingFile implements Closeable {
    private static final String SUFFIX = ".tmp";

    private final Path path;
    private final FileChannel channel;

    private IncomingFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static IncomingFile create(Path directory) throws IOException {
        while (true) {
            Path path = DurableFiles.createPrivateTemporaryFile(directory, ownPrefix(), SUFFIX);
            try {
                IncomingFile file = new IncomingFile(path, FileChannel.open(path, StandardOpenOption.WRITE));
                if (file.lockBeforeAnybodyTakesItForALeftover()) {
                    return file;
                }
                file.close();
            } catch (NoSuchFileException e) {
                // Somebody who opened the directory took it for a leftover before it could be locked: another one.
            }
        }
    }

    /** Removes the files of {@code directory} whose writers are gone. */
    static void removeLeftovers(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                // Closing any channel on a file drops every lock that this process has on it: keep off our own.
                if (!file.getFileName().toString().startsWith(ownPrefix())) {
                    removeUnlessLocked(file);
                }
            }
        }
    }

    private static void removeUnlessLocked(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // Its writer, or another reader of the directory, was faster.
        } catch (OverlappingFileLockException e) {
            // Another thread of this process is removing it.
        }
    }

    private boolean lockBeforeAnybodyTakesItForALeftover() throws IOException {
        return channel.tryLock() != null && Files.exists(path);
    }

    private static String ownPrefix() {
        ProcessHandle process = ProcessHandle.current();
        long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return "upload-" + process.pid() + "-" + started + "-";
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    void moveInto(Path directory, String name) throws IOException {
        channel.force(true);
        Files.move(path, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.syncDirectory(directory);
    }

    /** Ends the writing; the file is gone unless it was moved. */
    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(path);
        }
    }
}
