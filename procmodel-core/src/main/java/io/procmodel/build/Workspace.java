package io.procmodel.build;

import io.procmodel.error.StorageException;
import io.procmodel.file.DurableFiles;
import io.procmodel.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The private directories of one build; closing removes them with all that is in them. */
final class Workspace implements AutoCloseable {
    private final Path root;
    private final Path cache;

    private Workspace(Path root, Path cache) {
        this.root = root;
        this.cache = cache;
    }

    /**
     * Makes the directories.
     *
     * @param parent where to make them
     * @param cache a directory that outlives the build, made if it is missing; without one the cache does not outlive it
     */
    static Workspace create(Path parent, Optional<Path> cache) {
        try {
            DurableFiles.createPrivateDirectory(parent);
            // Real, so that what a build writes into links and scripts is the path that it sees everywhere.
            Path root = Files.createTempDirectory(parent.toRealPath(), "build-");
            Workspace workspace =
                    new Workspace(root, cache.map(Path::toAbsolutePath).orElse(root.resolve("cache")));
            workspace.createDirectories();
            return workspace;
        } catch (IOException e) {
            throw new StorageException("create a build directory in", parent, e);
        }
    }

    private void createDirectories() throws IOException {
        Files.createDirectory(app());
        Files.createDirectory(home());
        Files.createDirectory(temporary());
        DurableFiles.createPrivateDirectory(cache);
    }

    Path app() {
        return root.resolve("app");
    }

    Path home() {
        return root.resolve("home");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path cache() {
        return cache;
    }

    @Override
    public void close() {
        try {
            FileTree.delete(root);
        } catch (IOException e) {
            throw new StorageException("remove", root, e);
        }
    }
}
