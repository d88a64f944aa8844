package io.procmodel.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.build.BuildOutput;
import io.procmodel.build.SourceException;
import io.procmodel.error.StorageException;
import io.procmodel.file.FileName;
import io.procmodel.slug.ArchiveLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
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
import org.jspecify.annotations.Nullable;

/**
 * Writes the tree of one commit into an empty directory. Nobody vouches for a tree that came by push: every name is
 * checked, symbolic links are made last, when nothing is written through them any more, and what is written has limits, as
 * a few objects that name each other often are a tree of any size.
 */
final class TreeCheckout {
    private static final int LONGEST_TARGET = 4095;

    private final Repository git;
    private final ObjectId commit;
    private final Path directory;
    private final BuildOutput output;
    private final ArchiveLimits limits;
    private final ObjectChecker names =
            new ObjectChecker().setSafeForWindows(false).setSafeForMacOS(false);
    private final Map<Path, String> links = new LinkedHashMap<>();
    private long entries;
    private long bytes;

    TreeCheckout(Repository git, ObjectId commit, Path directory, BuildOutput output, ArchiveLimits limits) {
        this.git = git;
        this.commit = commit;
        this.directory = directory.toAbsolutePath();
        this.output = output;
        this.limits = limits;
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
        require(++entries, limits.entries(), "files, directories and links");
        Path place = placeOf(tree);
        FileMode mode = tree.getFileMode(0);
        if (mode == FileMode.TREE) {
            create(place);
            tree.enterSubtree();
        } else if (mode == FileMode.GITLINK) {
            output.warning(
                    "Submodule " + tree.getPathString() + " is left out: commit its files, or fetch them in a build");
        } else if (mode == FileMode.SYMLINK) {
            links.put(place, targetOf(git.open(tree.getObjectId(0)), place));
        } else {
            copy(git.open(tree.getObjectId(0)), place, mode == FileMode.EXECUTABLE_FILE);
        }
    }

    private Path placeOf(TreeWalk tree) {
        String path = tree.getPathString();
        try {
            byte[] name = tree.getNameString().getBytes(UTF_8);
            names.checkPathSegment(name, 0, name.length);
            return FileName.resolve(directory, path);
        } catch (CorruptObjectException | IllegalArgumentException e) {
            throw refused("holds \"" + path + "\", which cannot be a file here", "names such as lib/app.js", e);
        }
    }

    private String targetOf(ObjectLoader blob, Path place) {
        if (blob.getSize() == 0 || blob.getSize() > LONGEST_TARGET) {
            throw nowhere(place, null);
        }
        return new String(blob.getBytes(), UTF_8);
    }

    private void create(Path place) {
        try {
            Files.createDirectory(place);
        } catch (IOException e) {
            throw new StorageException("write", place, e);
        }
    }

    private void copy(ObjectLoader blob, Path place, boolean executable) throws IOException {
        bytes += blob.getSize();
        require(bytes, limits.bytes(), "bytes");
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
            Files.createSymbolicLink(place, path(target));
        } catch (IllegalArgumentException e) {
            throw nowhere(place, e);
        } catch (IOException e) {
            throw new StorageException("link", place, e);
        }
    }

    private Path path(String target) {
        return target.startsWith("/")
                ? FileName.resolve(Path.of("/"), target.substring(1))
                : FileName.relative(directory, target);
    }

    private void require(long count, long most, String what) {
        if (count > most) {
            throw refused("holds more than " + most + " " + what, "at most " + most, null);
        }
    }

    private SourceException nowhere(Path link, @Nullable Exception cause) {
        return refused("holds a link that leads nowhere: " + directory.relativize(link), "links to paths", cause);
    }

    private SourceException refused(String reason, String expected, @Nullable Exception cause) {
        return new SourceException(GitSource.WHAT, git.getDirectory().toPath(), reason, expected, cause);
    }
}
