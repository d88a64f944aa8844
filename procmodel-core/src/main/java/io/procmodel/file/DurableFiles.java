package io.procmodel.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Small files and directories with a promise: a replaced file is either the old or the new one after a crash, and files
 * and directories are private to the owner whatever the umask is (where the file system knows modes). Thread-safe; all
 * calls block on the disk.
 */
public final class DurableFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final boolean DIRECTORIES_SYNC =
            !System.getProperty("os.name", "").startsWith("Windows");

    private DurableFiles() {}

    /** Attributes that create a file with mode 0600 where modes exist, and none elsewhere. */
    public static FileAttribute<?>[] privateFile() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Attributes that create a directory with mode 0700 where modes exist, and none elsewhere. */
    public static FileAttribute<?>[] privateDirectory() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /**
     * Creates a directory with mode 0700, and its missing parents likewise, and syncs the entry. An existing directory is
     * left as it is.
     *
     * @throws IOException if it cannot be created, or {@code directory} is something else than a directory
     */
    public static void createPrivateDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            createPrivateDirectory(parent);
        }
        Files.createDirectories(directory, privateDirectory());
        if (parent != null) {
            syncDirectory(parent);
        }
    }

    /**
     * Writes {@code content} to {@code file} so that a reader, or a crash at any instant, sees the whole old or the whole
     * new content: temporary file beside it, sync, rename, sync of the directory.
     *
     * @throws IOException if any step fails; the old content is then still there
     */
    public static void replace(Path file, byte[] content) throws IOException {
        Path directory = requireNonNull(file.toAbsolutePath().getParent(), "file must not be a root");
        Path temporary = Files.createTempFile(directory, "." + file.getFileName() + ".", ".tmp", privateFile());
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        syncDirectory(directory);
    }

    /**
     * Makes created, renamed and removed entries of a directory durable. A no-op on Windows, which cannot open a
     * directory.
     *
     * @throws IOException if the sync fails
     */
    public static void syncDirectory(Path directory) throws IOException {
        if (DIRECTORIES_SYNC) {
            try (FileChannel channel = FileChannel.open(directory, Set.of(StandardOpenOption.READ))) {
                channel.force(true);
            }
        }
    }
}
