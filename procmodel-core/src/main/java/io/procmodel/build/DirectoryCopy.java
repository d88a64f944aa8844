package io.procmodel.build;

import io.procmodel.file.FileName;
import io.procmodel.slug.SlugEntryException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a source directory. Links are copied as links; directories are made with the rights that a build needs, and
 * files keep theirs.
 */
final class DirectoryCopy {
    private final Path source;
    private final Path target;
    private final SlugIgnore ignore;
    private long leftOut;

    DirectoryCopy(Path source, Path target, SlugIgnore ignore) {
        this.source = source;
        this.target = target;
        this.ignore = ignore;
    }

    /** How many files and whole directories {@code .slugignore} kept out. */
    long leftOut() {
        return leftOut;
    }

    void run() {
        copyInto(source, target, "");
    }

    private void copyInto(Path directory, Path copy, String prefix) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                copy(file, copy.resolve(file.getFileName()), prefix);
            }
        } catch (DirectoryIteratorException e) {
            throw unreadable(directory, e.getCause());
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private void copy(Path file, Path copy, String prefix) throws IOException {
        String path = prefix + FileName.shown(file);
        BasicFileAttributes attributes = attributesOf(file);
        if (SlugIgnore.isRepository(path)) {
            return;
        }
        if (ignore.leavesOut(path, attributes.isDirectory())) {
            leftOut++;
        } else if (attributes.isDirectory()) {
            copyDirectory(file, copy, path);
        } else if (attributes.isSymbolicLink()) {
            Files.createSymbolicLink(copy, Files.readSymbolicLink(file));
        } else if (attributes.isRegularFile()) {
            copyFile(file, copy);
        } else {
            throw new SlugEntryException(
                    path, "is a pipe, device or socket", "a file, a directory or a symbolic link", null);
        }
    }

    private void copyDirectory(Path directory, Path copy, String path) throws IOException {
        if (Files.isSameFile(directory, target)) {
            throw new SourceException(
                    "source directory",
                    source,
                    "holds the directory that it is built in, " + directory,
                    "a work directory outside the source, or named in .slugignore",
                    null);
        }
        Files.createDirectory(copy);
        copyInto(directory, copy, path + "/");
    }

    private static void copyFile(Path file, Path copy) throws IOException {
        try {
            Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static BasicFileAttributes attributesOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static SourceException unreadable(Path file, @Nullable IOException cause) {
        return new SourceException(
                "source directory", file, "cannot be read: " + cause, "files that this process can read", cause);
    }
}
