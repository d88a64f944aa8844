package io.procmodel.slug;

import com.google.common.collect.ImmutableSet;
import io.procmodel.file.FileName;
import io.procmodel.slug.TreeEntry.SymbolicLink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * The directory that an archive is unpacked into. It was empty at the start and everything in it came through here, so
 * what it holds is known without asking the disk, and no link is in the way of what is written.
 */
final class ArchiveTarget {
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");

    private static final Set<StandardOpenOption> NEW_FILE =
            ImmutableSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path root;
    private final long mostEntries;
    private final LongConsumer copies;
    private final NewFileModes modes;
    private final Set<String> directories = new HashSet<>();
    private final Set<String> files = new HashSet<>();
    private final Map<String, String> links = new TreeMap<>();

    /**
     * An empty directory.
     *
     * @param mostEntries how many files, directories and links may be made in it, whether the archive names them or not
     * @param copies is told how many bytes are copied, before they are
     */
    ArchiveTarget(Path root, long mostEntries, LongConsumer copies) {
        this.root = root.toAbsolutePath();
        this.mostEntries = mostEntries;
        this.copies = copies;
        modes = NewFileModes.in(root);
        directories.add("");
    }

    Path root() {
        return root;
    }

    /** Makes a directory and its missing parents; it may be there already. */
    void createDirectory(String name) throws IOException {
        makeDirectory(EntryPath.of(name));
    }

    private void makeDirectory(String path) throws IOException {
        if (directories.contains(path)) {
            return;
        }
        makeDirectory(EntryPath.parentOf(path));
        refuseIfTaken(path);
        requireRoom();
        Path directory = FileName.resolve(root, path);
        Files.createDirectory(directory, modes.attributes(EXECUTABLE));
        modes.settle(directory, EXECUTABLE);
        directories.add(path);
    }

    /** Makes a file and its missing parent directories. */
    void createFile(String name, boolean executable, EntryContent content) throws IOException {
        String path = newPathOf(name);
        makeDirectory(EntryPath.parentOf(path));
        requireRoom();
        Path file = FileName.resolve(root, path);
        Set<PosixFilePermission> mode = executable ? EXECUTABLE : PLAIN;
        try (OutputStream out =
                Channels.newOutputStream(Files.newByteChannel(file, NEW_FILE, modes.attributes(mode)))) {
            content.copyTo(out);
        } catch (FileAlreadyExistsException e) {
            throw taken(path);
        }
        modes.settle(file, mode);
        files.add(path);
    }

    /** Copies a file that was unpacked before. */
    void copyHardLink(String name, String targetName) throws IOException {
        String path = newPathOf(name);
        String target = EntryPath.of(targetName);
        if (!files.contains(target)) {
            throw ArchiveException.refused(
                    name, "is a hard link to " + Printable.text(targetName), "an earlier file of the archive");
        }
        makeDirectory(EntryPath.parentOf(path));
        requireRoom();
        Path source = FileName.resolve(root, target);
        Path copy = FileName.resolve(root, path);
        copies.accept(Files.size(source));
        Files.copy(source, copy);
        modes.set(copy, Files.isExecutable(source) ? EXECUTABLE : PLAIN);
        files.add(path);
    }

    /** Notes a link, to be made when all files are there. */
    void addSymbolicLink(String name, String target) throws IOException {
        if (target.isEmpty() || target.indexOf('\uFFFD') >= 0 || target.indexOf('\0') >= 0) {
            throw ArchiveException.refused(name, "is a symbolic link without a readable target", "a target in UTF-8");
        }
        EntryPath.requireShort(target, name);
        String path = newPathOf(name);
        makeDirectory(EntryPath.parentOf(path));
        requireRoom();
        links.put(path, target);
    }

    /** Makes the links, if they all stay inside. */
    void createSymbolicLinks() throws IOException {
        Optional<SymbolicLink> leaving = new LinkBoundary(links).firstLeaving();
        if (leaving.isPresent()) {
            String to = Printable.text(leaving.get().target());
            throw ArchiveException.refused(
                    leaving.get().path(), "symbolic link to " + to + " leaves the archive", EntryPath.INSIDE);
        }
        for (Map.Entry<String, String> link : links.entrySet()) {
            Files.createSymbolicLink(FileName.resolve(root, link.getKey()), FileName.relative(root, link.getValue()));
        }
    }

    private void requireRoom() {
        if (directories.size() - 1 + files.size() + links.size() >= mostEntries) {
            throw ArchiveException.tooLarge("files, directories and links", mostEntries);
        }
    }

    private String newPathOf(String name) {
        String path = EntryPath.of(name);
        if (path.isEmpty()) {
            throw ArchiveException.refused(name, "names no file", EntryPath.INSIDE);
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
}
