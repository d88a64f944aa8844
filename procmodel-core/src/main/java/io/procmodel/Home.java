package io.procmodel;

import io.procmodel.error.StorageException;
import io.procmodel.file.DurableFiles;
import io.procmodel.file.FileTree;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layout of a home directory, and the claim on it.
 *
 * <pre>
 * .lock, .holder-*      the claim
 * .alive                until when its platform lived, and the home's own name
 * apps/NAME/            one app: its ledger, its formation and other state
 * slugs/                the slug store
 * cache/NAME/           what builds of an app keep between them
 * cache/.buildpacks/NAME/  what its buildpacks at addresses were fetched with
 * run/                  expanded slugs, dynos' files, builds under way; nothing that is missed after a crash
 * </pre>
 */
final class Home implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Home.class);
    private static final String NEW_PREFIX = ".new-";

    private final Path root;
    private final HomeLock lock;

    private Home(Path root, HomeLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Creates the home if needed, and claims it.
     *
     * @throws HomeInUseException if another platform has it
     * @throws HomeUnusableException if it cannot be created or written
     */
    static Home open(Path root) {
        try {
            DurableFiles.createPrivateDirectory(root);
            Path real = root.toRealPath();
            HomeLock lock = HomeLock.claim(real);
            return new Home(real, lock).prepare();
        } catch (IOException e) {
            throw new HomeUnusableException(root, e);
        }
    }

    private Home prepare() throws IOException {
        try {
            DurableFiles.createPrivateDirectory(apps());
            removeUnfinishedApps();
            FileTree.delete(builds());
            return this;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** An app appears by renaming its finished directory; what a crash left before that is no app. */
    private void removeUnfinishedApps() throws IOException {
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(apps(), NEW_PREFIX + "*")) {
            for (Path directory : unfinished) {
                FileTree.delete(directory);
            }
        }
    }

    Path apps() {
        return root.resolve("apps");
    }

    Path app(AppName name) {
        return apps().resolve(name.value());
    }

    /** Where the directory of an app is made before {@link #publish}. */
    Path unfinishedApp(AppName name) {
        return apps().resolve(NEW_PREFIX + name.value());
    }

    /** Makes a finished app directory the app's, durably. */
    void publish(AppName name) {
        try {
            Files.move(unfinishedApp(name), app(name), StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.syncDirectory(apps());
        } catch (IOException e) {
            throw new StorageException("create", app(name), e);
        }
    }

    List<AppName> appNames() {
        List<AppName> names = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(apps(), Files::isDirectory)) {
            for (Path directory : directories) {
                names.add(AppName.of(String.valueOf(directory.getFileName())));
            }
        } catch (IOException e) {
            throw new StorageException("list", apps(), e);
        }
        names.sort(null);
        return names;
    }

    Path root() {
        return root;
    }

    Path lifeSign() {
        return root.resolve(".alive");
    }

    Path slugs() {
        return root.resolve("slugs");
    }

    Path buildCache(AppName name) {
        return root.resolve("cache").resolve(name.value());
    }

    /** Beside the caches of all apps, because no app can have that name. */
    Path fetchedBuildpacks(AppName name) {
        return root.resolve("cache").resolve(".buildpacks").resolve(name.value());
    }

    Path builds() {
        return root.resolve("run").resolve("builds");
    }

    Path dynos() {
        return root.resolve("run").resolve("local");
    }

    @Override
    public void close() {
        try {
            FileTree.delete(root.resolve("run"));
        } catch (IOException e) {
            LOG.warn("cannot remove {}", root.resolve("run"), e);
        }
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("cannot give up the claim on {}", root, e);
        }
    }
}
