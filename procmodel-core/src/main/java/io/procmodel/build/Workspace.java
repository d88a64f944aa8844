package io.procmodel.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.StorageException;
import io.procmodel.file.DurableFiles;
import io.procmodel.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The private directories of one build; closing removes them with all that is in them. */
final class Workspace implements AutoCloseable {
    private final Path root;
    private final Path cache;
    private final Path fetched;
    private final Map<Buildpack, Path> buildpackCopies = new HashMap<>();

    private Workspace(Path root, Path cache, Path fetched) {
        this.root = root;
        this.cache = cache;
        this.fetched = fetched;
    }

    /**
     * Makes the directories.
     *
     * @param parent where to make them
     * @param cache a directory that outlives the build, made if it is missing; without one the cache does not outlive it
     * @param fetched a directory of the same kind for what buildpacks are fetched with
     */
    static Workspace create(Path parent, Optional<Path> cache, Optional<Path> fetched) {
        try {
            DurableFiles.createPrivateDirectory(parent);
            // Real, so that what a build writes into links and scripts is the path that it sees everywhere.
            Path root = Files.createTempDirectory(parent.toRealPath(), "build-");
            Workspace workspace = new Workspace(
                    root,
                    cache.map(Path::toAbsolutePath).orElse(root.resolve("cache")),
                    fetched.map(Path::toAbsolutePath).orElse(root.resolve("fetched")));
            workspace.createDirectoriesOrNothing();
            return workspace;
        } catch (IOException e) {
            throw new StorageException("create a build directory in", parent, e);
        }
    }

    private void createDirectoriesOrNothing() throws IOException {
        try {
            createDirectories();
        } catch (IOException e) {
            FileTree.delete(root);
            throw e;
        }
    }

    private void createDirectories() throws IOException {
        Files.createDirectory(app());
        Files.createDirectory(home());
        Files.createDirectory(temporary());
        Files.createDirectory(pipes());
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

    /** Where the named pipes of its steps are. */
    Path pipes() {
        return root.resolve("pipes");
    }

    /** Where a buildpack may note what nobody else reads. */
    Path buildpackLog() {
        return root.resolve("buildpack.log");
    }

    /** Writes each config var into a file of its name, without a line end, and gives their directory (BLD-16). */
    Path configFiles(ConfigVars config) {
        Path directory = root.resolve("env");
        try {
            DurableFiles.createPrivateDirectory(directory);
            for (Map.Entry<String, String> variable : config.asMap().entrySet()) {
                Files.writeString(directory.resolve(variable.getKey()), variable.getValue());
            }
            return directory;
        } catch (IOException e) {
            throw new StorageException("write config vars to", directory, e);
        }
    }

    /** The place of a buildpack's copy, which {@code copier} fills when it is first asked for. */
    Path buildpackCopy(Buildpack buildpack, Consumer<Path> copier) {
        return buildpackCopies.computeIfAbsent(buildpack, missing -> {
            Path copy = root.resolve("buildpack-" + (buildpackCopies.size() + 1));
            copier.accept(copy);
            return copy;
        });
    }

    Path cache() {
        return cache;
    }

    /** The directory that is kept for what is fetched from an address. */
    Path fetched(String address) throws IOException {
        String name = Hashing.sha256().hashString(address, UTF_8).toString();
        DurableFiles.createPrivateDirectory(fetched);
        Path directory = fetched.resolve(name);
        DurableFiles.createPrivateDirectory(directory);
        return directory;
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
