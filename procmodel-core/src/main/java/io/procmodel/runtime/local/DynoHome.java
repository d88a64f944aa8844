package io.procmodel.runtime.local;

import io.procmodel.file.DurableFiles;
import io.procmodel.file.FileTree;
import io.procmodel.policy.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one dyno: a fresh copy of the slug that no other dyno sees, and a place for temporary files (Heroku:
 * DYN-43). Gone with the dyno. Thread-safe.
 */
final class DynoHome {
    /** The file in {@link #control} that holds the name of the signal. */
    static final String STOP = "stop";

    private static final Logger LOG = LoggerFactory.getLogger(DynoHome.class);

    private final Path root;
    private final Path app;
    private final Path tree;
    private final boolean copy;
    private final Optional<Overlay> overlay;
    private boolean deleted;

    private DynoHome(Path root, Path app, Path tree, boolean copy, Optional<Overlay> overlay) {
        this.root = root;
        this.app = app;
        this.tree = tree;
        this.copy = copy;
        this.overlay = overlay;
    }

    /**
     * Copies every file.
     *
     * @param root a directory that does not exist yet
     * @param expandedSlug the tree to copy
     * @param copy how trees are copied
     */
    static DynoHome freshCopy(Path root, Path expandedSlug, TreeCopy copy) throws IOException {
        Path app = root.resolve("app");
        DynoHome home = new DynoHome(root, app, app, true, Optional.empty());
        try {
            home.createOwnParts();
            copy.copy(expandedSlug, app);
            return home;
        } catch (IOException e) {
            home.delete();
            throw e;
        }
    }

    /**
     * Prepares a copy-on-write view, which is mounted when the dyno is started.
     *
     * @param root a directory that does not exist yet
     * @param expandedSlug the tree to show
     */
    static DynoHome overlay(Path root, Path expandedSlug) throws IOException {
        Path merged = root.resolve("app");
        Overlay overlay = new Overlay(expandedSlug, root.resolve("upper"), root.resolve("work"), merged);
        DynoHome home = new DynoHome(root, merged, expandedSlug, true, Optional.of(overlay));
        try {
            home.createOwnParts();
            for (Path part : new Path[] {overlay.upper(), overlay.work(), merged}) {
                Files.createDirectory(part);
            }
            return home;
        } catch (IOException e) {
            home.delete();
            throw e;
        }
    }

    /**
     * Has a dyno run in a directory of the host, which stays, and among the host's temporary files: it has none of its own.
     *
     * @param root where they would be
     * @param directory where it runs
     */
    static DynoHome bare(Path root, Path directory) {
        return new DynoHome(root, directory, directory, false, Optional.empty());
    }

    /**
     * Has a dyno run in a directory of the host, which stays, behind a wall.
     *
     * @param root a directory that does not exist yet, for its temporary files
     * @param directory where it runs
     */
    static DynoHome inPlace(Path root, Path directory) throws IOException {
        DynoHome home = new DynoHome(root, directory, directory, false, Optional.empty());
        home.createOwnParts();
        return home;
    }

    /** Not synced to the disk, as nothing of it is missed after a crash. */
    private void createOwnParts() throws IOException {
        DurableFiles.createNewPrivateDirectory(root);
        Files.createDirectory(temporary());
        Files.createDirectory(control());
    }

    /** Where it runs, as the host sees it; empty as long as an overlay is not mounted, and for those outside the mount. */
    Path app() {
        return app;
    }

    /** Where the host can read what the dyno starts with. */
    Path tree() {
        return tree;
    }

    /** Whether the files are the dyno's own. */
    boolean isCopy() {
        return copy;
    }

    Optional<Overlay> overlay() {
        return overlay;
    }

    /** A directory in which the host tells the box something, and the dyno cannot write. */
    Path control() {
        return root.resolve("control");
    }

    /**
     * Leaves word that the dyno shall end, for a box that is still being set up and would not hear the signal. Once the files
     * are being deleted nothing is written any more: a directory that gets a new file meanwhile would stay.
     */
    synchronized void announce(StopSignal signal) {
        if (deleted) {
            return;
        }
        try {
            Files.writeString(control().resolve(STOP), signal.name() + "\n");
        } catch (IOException e) {
            LOG.debug("the dyno has gone before", e);
        }
    }

    /** A private directory for temporary files. */
    Path temporary() {
        return root.resolve("tmp");
    }

    void delete() throws IOException {
        synchronized (this) {
            deleted = true;
        }
        FileTree.delete(root);
    }
}
