package io.procmodel.runtime.local;

import io.procmodel.runtime.Capability;
import io.procmodel.runtime.DynoFiles;
import io.procmodel.slug.SlugExpander;
import io.procmodel.slug.SlugStore;
import java.io.IOException;
import java.nio.file.Path;

/** Gives dynos their files, each the cheapest way that the host and the slug's size allow. Thread-safe. */
final class Homes {
    private final RunDirectory directory;
    private final SlugCache slugs;
    private final boolean walled;
    private final boolean overlays;
    private final TreeCopy copy;

    Homes(RunDirectory directory, SlugStore slugs, Box box, TreeCopy copy) {
        this.directory = directory;
        this.slugs = new SlugCache(directory.slugs(), SlugExpander.of(slugs));
        this.walled = box.isWall();
        this.overlays = box.capabilities().contains(Capability.OVERLAY_FILES);
        this.copy = copy;
    }

    /**
     * Makes the files of a dyno.
     *
     * @param name a name for its directory, which no other dyno has
     * @param files what it runs on
     * @param undo told how to take it back
     */
    DynoHome make(String name, DynoFiles files, Undo undo) throws IOException {
        Path root = directory.dynos().resolve(name);
        DynoHome home = files instanceof DynoFiles.InPlace inPlace
                ? inPlace(root, inPlace.directory())
                : fresh(root, (DynoFiles.FreshCopy) files, undo);
        undo.add(home::delete);
        return home;
    }

    private DynoHome inPlace(Path root, Path where) throws IOException {
        return walled ? DynoHome.inPlace(root, where) : DynoHome.bare(root, where);
    }

    private DynoHome fresh(Path root, DynoFiles.FreshCopy files, Undo undo) throws IOException {
        SlugTree tree = slugs.use(files.digest());
        undo.add(() -> slugs.release(files.digest()));
        return overlays && tree.large()
                ? DynoHome.overlay(root, tree.path())
                : DynoHome.freshCopy(root, tree.path(), copy);
    }
}
