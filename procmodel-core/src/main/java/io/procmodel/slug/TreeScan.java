package io.procmodel.slug;

import io.procmodel.file.FileName;
import io.procmodel.slug.TreeEntry.Directory;
import io.procmodel.slug.TreeEntry.RegularFile;
import io.procmodel.slug.TreeEntry.SymbolicLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists a tree in the one order that does not depend on the disk, the locale or the place: by the UTF-8 bytes of the
 * paths. A name that is not UTF-8 is refused, because what it says depends on who reads it.
 */
final class TreeScan {
    private static final Comparator<TreeEntry> BY_PATH_BYTES =
            (a, b) -> Arrays.compareUnsigned(utf8(a.path()), utf8(b.path()));

    private final List<TreeEntry> entries = new ArrayList<>();

    private TreeScan() {}

    /**
     * All entries below {@code root}, each after its directory.
     *
     * @throws SlugEntryException if a slug cannot hold an entry of the tree
     */
    static List<TreeEntry> of(Path root) {
        TreeScan scan = new TreeScan();
        scan.list(root, "");
        scan.entries.sort(BY_PATH_BYTES);
        LinkBoundary.of(scan.entries).check();
        return scan.entries;
    }

    private void list(Path directory, String path) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                add(file, path + nameOf(file, path));
            }
        } catch (DirectoryIteratorException e) {
            throw unreadable(path, e.getCause());
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private void add(Path file, String path) throws IOException {
        BasicFileAttributes attributes = attributes(file);
        if (attributes.isDirectory()) {
            entries.add(new Directory(path));
            list(file, path + "/");
        } else if (attributes.isSymbolicLink()) {
            entries.add(new SymbolicLink(path, targetOf(file, path)));
        } else if (attributes.isRegularFile()) {
            entries.add(new RegularFile(path, file, attributes.size(), executable(attributes)));
        } else {
            throw new SlugEntryException(
                    path, "is a pipe, device or socket", "a file, a directory or a symbolic link", null);
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        Class<? extends BasicFileAttributes> kind =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? PosixFileAttributes.class
                        : BasicFileAttributes.class;
        return Files.readAttributes(file, kind, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean executable(BasicFileAttributes attributes) {
        return attributes instanceof PosixFileAttributes posix
                && posix.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }

    private static String nameOf(Path file, String directory) {
        Path name = file.getFileName();
        return FileName.decode(name).orElseThrow(() -> notUtf8(directory + name));
    }

    private static String targetOf(Path link, String path) throws IOException {
        return FileName.decodeAll(Files.readSymbolicLink(link)).orElseThrow(() -> notUtf8(path));
    }

    private static SlugEntryException notUtf8(String path) {
        return new SlugEntryException(path, "its name or target is not UTF-8", "names in UTF-8", null);
    }

    private static SlugEntryException unreadable(String path, @Nullable IOException cause) {
        return new SlugEntryException(
                path.isEmpty() ? "." : path, "cannot be read: " + cause, "a tree that this process can read", cause);
    }

    private static byte[] utf8(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
