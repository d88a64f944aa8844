package io.procmodel.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Whole directory trees. Thread-safe; calls block on the disk. */
public final class FileTree {
    private FileTree() {}

    /**
     * Deletes {@code root} and everything below it, without following symbolic links; directories without write or search
     * permission are opened up first. A root that does not exist is fine, and so are entries that vanish meanwhile.
     *
     * @throws IOException if something is left
     */
    public static void delete(Path root) throws IOException {
        if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isWritable(root) || !Files.isExecutable(root)) {
                openUp(root);
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
                for (Path entry : entries) {
                    delete(entry);
                }
            } catch (NoSuchFileException e) {
                return;
            }
        }
        Files.deleteIfExists(root);
    }

    /**
     * Copies {@code from} and everything below it to {@code to}, which must not exist: modes are kept, symbolic links
     * stay links.
     *
     * @throws IOException if something cannot be copied; what was copied so far stays
     */
    public static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
                for (Path entry : entries) {
                    copy(entry, to.resolve(from.relativize(entry)));
                }
            }
        }
    }

    /** By its path: without following links the JDK would open it first, and an overlay's work directory has mode 0000. */
    private static void openUp(Path directory) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }
}
