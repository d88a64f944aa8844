package io.procmodel.file;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Sets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Small files and directories with a promise: a replaced file is either the old or the new one after a crash, and files
 * and directories are private to the owner whatever the umask is (where the file system knows modes). Thread-safe; all
 * calls block on the disk.
 */
public final class DurableFiles {
    private static final Set<PosixFilePermission> FILE_MODE =
            Sets.immutableEnumSet(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<PosixFilePermission> DIRECTORY_MODE = Sets.immutableEnumSet(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final boolean DIRECTORIES_SYNC =
            !System.getProperty("os.name", "").startsWith("Windows");

    private DurableFiles() {}

    /**
     * Creates an empty file with mode 0600, if nothing is there.
     *
     * @throws IOException if it cannot be created
     */
    public static void createPrivateFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(file, creatingWith(FILE_MODE));
            } catch (FileAlreadyExistsException e) {
                return; // another process was faster, and sees to the mode
            }
            settle(file, FILE_MODE);
        }
    }

    /**
     * Creates an empty file with mode 0600 that nobody else has.
     *
     * @throws IOException if it cannot be created, or is there already
     */
    public static void createNewPrivateFile(Path file) throws IOException {
        Files.createFile(file, creatingWith(FILE_MODE));
        settle(file, FILE_MODE);
    }

    /** Creates an empty file with mode 0600 and a name of its own. */
    public static Path createPrivateTemporaryFile(Path directory, String prefix, String suffix) throws IOException {
        Path file = Files.createTempFile(directory, prefix, suffix, creatingWith(FILE_MODE));
        settle(file, FILE_MODE);
        return file;
    }

    /** Opens a file for reading and writing, which is created with mode 0600 if nothing is there. */
    public static FileChannel openPrivateFile(Path file) throws IOException {
        createPrivateFile(file);
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /**
     * Creates a directory with mode 0700 whose parent is there. Not synced.
     *
     * @throws IOException if it cannot be created, or is there already
     */
    public static void createNewPrivateDirectory(Path directory) throws IOException {
        Files.createDirectory(directory, creatingWith(DIRECTORY_MODE));
        settle(directory, DIRECTORY_MODE);
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
        try {
            createNewPrivateDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) { // else another thread or process was faster
                throw e;
            }
        }
        if (parent != null) {
            syncDirectory(parent);
        }
    }

    private static FileAttribute<?>[] creatingWith(Set<PosixFilePermission> mode) {
        return POSIX ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)} : new FileAttribute<?>[0];
    }

    /** A umask can take bits from the owner too, who could not open the file a second time. */
    private static void settle(Path created, Set<PosixFilePermission> mode) throws IOException {
        try {
            if (POSIX && !Files.getPosixFilePermissions(created).equals(mode)) {
                Files.setPosixFilePermissions(created, mode);
            }
        } catch (NoSuchFileException e) {
            // somebody has removed it already, which whoever opens it next finds out
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
        Path temporary = createPrivateTemporaryFile(directory, "." + file.getFileName() + ".", ".tmp");
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
