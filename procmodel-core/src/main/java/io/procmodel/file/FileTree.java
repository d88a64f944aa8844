package io.procmodel.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Whole directory trees. Thread-safe; calls block on the disk. */
public final class FileTree {
    private FileTree() {}

    /**
     * Deletes {@code root} and everything below it, without following symbolic links; directories without write or search
     * permission are opened up first. It may be deeper than a path can name, as one can make it step by step. A root that does
     * not exist is fine, and so are entries that vanish meanwhile.
     *
     * @throws IOException if something is left
     */
    public static void delete(Path root) throws IOException {
        new Deletion(root).run();
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
}
