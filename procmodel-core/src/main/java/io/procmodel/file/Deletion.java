package io.procmodel.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * The deletion of one tree. Directories that lie deep are moved up to the root, so that neither a path nor the stack grows
 * with the depth of the tree, and the root is looked at again until nothing had to be moved. Confined to one thread.
 */
final class Deletion {
    /** With names of 255 bytes that is less than what a path may have, and leaves some for the root's own. */
    private static final int DEEPEST = 10;

    private final Path root;
    private final String prefix = "moved-" + UUID.randomUUID() + "-";
    private long moved;

    Deletion(Path root) {
        this.root = root;
    }

    void run() throws IOException {
        long before;
        do {
            before = moved;
            empty(root, 0);
        } while (moved > before);
        Files.deleteIfExists(root);
    }

    private void delete(Path path, int depth) throws IOException {
        empty(path, depth);
        Files.deleteIfExists(path);
    }

    private void empty(Path path, int depth) throws IOException {
        if (!isDirectory(path)) {
            return;
        }
        openUp(path);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                if (depth == DEEPEST && isDirectory(entry)) {
                    moveUp(entry);
                } else {
                    delete(entry, depth + 1);
                }
            }
        } catch (NoSuchFileException e) {
            // It has vanished meanwhile.
        }
    }

    /** A directory that changes its parent has to be writable itself. */
    private void moveUp(Path directory) throws IOException {
        openUp(directory);
        moved++;
        Files.move(directory, root.resolve(prefix + moved));
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** By its path: without following links the JDK would open it first, and an overlay's work directory has mode 0000. */
    private static void openUp(Path directory) throws IOException {
        if (!Files.isReadable(directory) || !Files.isWritable(directory) || !Files.isExecutable(directory)) {
            PosixFileAttributeView view = Files.getFileAttributeView(directory, PosixFileAttributeView.class);
            if (view != null) {
                view.setPermissions(PosixFilePermissions.fromString("rwx------"));
            }
        }
    }
}
