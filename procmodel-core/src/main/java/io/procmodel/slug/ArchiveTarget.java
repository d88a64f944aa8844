package io.procmodel.slug;

import com.google.common.base.Splitter;
import io.procmodel.file.FileName;
import io.procmodel.slug.TreeEntry.SymbolicLink;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The directory that an archive is unpacked into. It was empty at the start and everything in it came through here, so
 * what it holds is known without asking the disk, and no link is in the way of what is written.
 */
final class ArchiveTarget {
    private static final Splitter NAMES = Splitter.on('/');
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final int LONGEST_NAME = 255;
    private static final String INSIDE = "a relative path inside the archive";

    private final Path root;
    private final boolean posix;
    private final Set<String> directories = new HashSet<>();
    private final Set<String> files = new HashSet<>();
    private final Map<String, String> links = new TreeMap<>();

    ArchiveTarget(Path root) {
        this.root = root.toAbsolutePath();
        posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        directories.add("");
    }

    /** Makes a directory and its missing parents; it may be there already. */
    void createDirectory(String name) throws IOException {
        makeDirectory(pathOf(name));
    }

    private void makeDirectory(String path) throws IOException {
        if (directories.contains(path)) {
            return;
        }
        makeDirectory(parentOf(path));
        refuseIfTaken(path);
        Path directory = FileName.resolve(root, path);
        Files.createDirectory(directory);
        setMode(directory, EXECUTABLE);
        directories.add(path);
    }

    /** Makes a file and its missing parent directories. */
    void createFile(String name, boolean executable, EntryContent content) throws IOException {
        String path = newPathOf(name);
        makeDirectory(parentOf(path));
        Path file = FileName.resolve(root, path);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.copyTo(out);
        } catch (FileAlreadyExistsException e) {
            throw taken(path);
        }
        setMode(file, executable ? EXECUTABLE : PLAIN);
        files.add(path);
    }

    /** Copies a file that was unpacked before. */
    void copyHardLink(String name, String targetName) throws IOException {
        String path = newPathOf(name);
        String target = pathOf(targetName);
        if (!files.contains(target)) {
            throw ArchiveException.refused(
                    name, "is a hard link to " + Printable.text(targetName), "an earlier file of the archive");
        }
        makeDirectory(parentOf(path));
        Path source = FileName.resolve(root, target);
        Path copy = FileName.resolve(root, path);
        Files.copy(source, copy);
        setMode(copy, Files.isExecutable(source) ? EXECUTABLE : PLAIN);
        files.add(path);
    }

    /** Notes a link, to be made when all files are there. */
    void addSymbolicLink(String name, String target) throws IOException {
        if (target.isEmpty() || target.indexOf('\uFFFD') >= 0) {
            throw ArchiveException.refused(name, "is a symbolic link without a readable target", "a target in UTF-8");
        }
        String path = newPathOf(name);
        makeDirectory(parentOf(path));
        links.put(path, target);
    }

    /** Makes the links, if they all stay inside. */
    void createSymbolicLinks() throws IOException {
        Optional<SymbolicLink> leaving = new LinkBoundary(links).firstLeaving();
        if (leaving.isPresent()) {
            String to = Printable.text(leaving.get().target());
            throw ArchiveException.refused(
                    leaving.get().path(), "symbolic link to " + to + " leaves the archive", INSIDE);
        }
        for (Map.Entry<String, String> link : links.entrySet()) {
            Files.createSymbolicLink(FileName.resolve(root, link.getKey()), FileName.relative(root, link.getValue()));
        }
    }

    private String newPathOf(String name) {
        String path = pathOf(name);
        if (path.isEmpty()) {
            throw ArchiveException.refused(name, "names no file", INSIDE);
        }
        if (directories.contains(path)) {
            throw taken(path);
        }
        refuseIfTaken(path);
        return path;
    }

    private void refuseIfTaken(String path) {
        if (files.contains(path) || links.containsKey(path)) {
            throw taken(path);
        }
    }

    private static ArchiveException taken(String path) {
        return ArchiveException.refused(path, "appears twice, or as file and directory", "each path once");
    }

    private static String parentOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** The path without empty names and dots, and certainly inside. */
    private static String pathOf(String name) {
        if (name.startsWith("/")) {
            throw ArchiveException.refused(name, "is absolute", INSIDE);
        }
        List<String> names = new ArrayList<>();
        for (String part : NAMES.split(name)) {
            if (!part.isEmpty() && !part.equals(".")) {
                names.add(checked(part, name));
            }
        }
        return String.join("/", names);
    }

    private static String checked(String part, String name) {
        if (part.equals("..")) {
            throw ArchiveException.refused(name, "climbs up with ..", INSIDE);
        }
        boolean special =
                File.separatorChar != '/' && (part.indexOf(File.separatorChar) >= 0 || part.indexOf(':') >= 0);
        if (special || part.indexOf('\uFFFD') >= 0 || part.indexOf('\0') >= 0) {
            throw ArchiveException.refused(name, "holds a character that is no part of a file name", "names in UTF-8");
        }
        if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw ArchiveException.refused(name, "has a name of more than 255 bytes", "names of up to 255 bytes");
        }
        return part;
    }

    private void setMode(Path file, Set<PosixFilePermission> mode) throws IOException {
        if (posix) {
            Files.setPosixFilePermissions(file, mode);
        }
    }
}
