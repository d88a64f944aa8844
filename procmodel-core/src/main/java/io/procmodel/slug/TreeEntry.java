package io.procmodel.slug;

import java.nio.file.Path;

/** One file, directory or link of a tree on disk, as it was when the tree was scanned. */
sealed interface TreeEntry {
    /** The names from the root of the tree to here, with {@code /} between them. */
    String path();

    /** The bytes of its content; nothing but a regular file has any. */
    default long size() {
        return 0;
    }

    /** A directory, empty or not. */
    record Directory(String path) implements TreeEntry {}

    /** A file with content; a hard link is one too. */
    record RegularFile(String path, Path file, long size, boolean executable) implements TreeEntry {}

    /** A symbolic link, with its target as it is written in the link. */
    record SymbolicLink(String path, String target) implements TreeEntry {}
}
