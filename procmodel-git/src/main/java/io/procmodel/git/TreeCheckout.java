package io.procmodel.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.build.BuildOutput;
import io.procmodel.build.SourceException;
import io.procmodel.error.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Writes the tree of one commit into an empty directory. Nobody vouches for a tree that came by push: every name is
 * checked, and symbolic links are made last, when nothing is written through them any more.
 */
final class TreeCheckout {
    private final Repository git;
    private final ObjectId commit;
    private final Path directory;
    private final BuildOutput output;
    private final ObjectChecker names =
            new ObjectChecker().setSafeForWindows(false).setSafeForMacOS(false);
    private final Map<Path, String> links = new LinkedHashMap<>();

    TreeCheckout(Repository git, ObjectId commit, Path directory, BuildOutput output) {
        this.git = git;
        this.commit = commit;
        this.directory = directory;
        this.output = output;
    }

    void run() throws IOException {
        try (RevWalk commits = new RevWalk(git);
                TreeWalk tree = new TreeWalk(git)) {
            tree.addTree(commits.parseCommit(commit).getTree());
            while (tree.next()) {
                write(tree);
            }
        }
        for (Map.Entry<Path, String> link : links.entrySet()) {
            makeLink(link.getKey(), link.getValue());
        }
    }

    private void write(TreeWalk tree) throws IOException {
        Path place = placeOf(tree);
        FileMode mode = tree.getFileMode(0);
        if (mode == FileMode.TREE) {
            create(place);
            tree.enterSubtree();
        } else if (mode == FileMode.GITLINK) {
            output.warning(
                    "Submodule " + tree.getPathString() + " is left out: commit its files, or fetch them in a build");
        } else if (mode == FileMode.SYMLINK) {
            links.put(place, new String(git.open(tree.getObjectId(0)).getBytes(), UTF_8));
        } else {
            copy(git.open(tree.getObjectId(0)), place, mode == FileMode.EXECUTABLE_FILE);
        }
    }

    private Path placeOf(TreeWalk tree) {
        String path = tree.getPathString();
        try {
            byte[] name = tree.getNameString().getBytes(UTF_8);
            names.checkPathSegment(name, 0, name.length);
            return directory.resolve(path);
        } catch (CorruptObjectException | InvalidPathException e) {
            throw refused("holds \"" + path + "\", which cannot be a file here", "names such as lib/app.js", e);
        }
    }

    private void create(Path place) {
        try {
            Files.createDirectory(place);
        } catch (IOException e) {
            throw new StorageException("write", place, e);
        }
    }

    private void copy(ObjectLoader blob, Path place, boolean executable) throws IOException {
        try (OutputStream file = open(place)) {
            blob.copyTo(file);
        }
        if (executable
                && directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static OutputStream open(Path place) {
        try {
            return Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StorageException("write", place, e);
        }
    }

    private void makeLink(Path place, String target) {
        try {
            Files.createSymbolicLink(place, Path.of(target));
        } catch (InvalidPathException e) {
            throw refused("holds a link that leads nowhere: " + directory.relativize(place), "links to paths", e);
        } catch (IOException e) {
            throw new StorageException("link", place, e);
        }
    }

    private SourceException refused(String reason, String expected, Exception cause) {
        return new SourceException(GitSource.WHAT, git.getDirectory().toPath(), reason, expected, cause);
    }
}
