package io.procmodel.runtime.local;

import io.procmodel.file.DurableFiles;
import io.procmodel.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one dyno: a fresh copy of the slug that no other dyno sees, and a place for temporary files (Heroku:
 * DYN-43). Gone with the dyno.
 */
final class DynoHome {
    private final Path root;
    private final Path app;

    private DynoHome(Path root, Path app) {
        this.root = root;
        this.app = app;
    }

    /**
     * Makes the files of a dyno.
     *
     * @param root a directory that does not exist yet
     * @param expandedSlug the tree to copy
     */
    static DynoHome freshCopy(Path root, Path expandedSlug) throws IOException {
        DynoHome home = new DynoHome(root, root.resolve("app"));
        try {
            DurableFiles.createPrivateDirectory(root);
            FileTree.copy(expandedSlug, home.app());
            Files.createDirectory(home.temporary());
            return home;
        } catch (IOException e) {
            home.delete();
            throw e;
        }
    }

    /**
     * Has a dyno run in a directory of the host, which stays.
     *
     * @param root a directory that does not exist yet, for its temporary files
     * @param directory where it runs
     */
    static DynoHome inPlace(Path root, Path directory) throws IOException {
        DurableFiles.createPrivateDirectory(root.resolve("tmp"));
        return new DynoHome(root, directory);
    }

    /** The working directory and {@code HOME}. */
    Path app() {
        return app;
    }

    /** {@code TMPDIR}. */
    Path temporary() {
        return root.resolve("tmp");
    }

    void delete() throws IOException {
        FileTree.delete(root);
    }
}
