package io.procmodel.build;

import java.nio.file.Files;
import java.nio.file.Path;

/** The files below a directory. */
final class DirectorySource implements Source {
    private static final String WHAT = "source directory";

    private final Path root;

    DirectorySource(Path root) {
        this.root = root;
    }

    @Override
    public void fetch(Path directory, BuildOutput output) {
        requireDirectory();
        SlugIgnore ignore = SlugIgnore.read(root);
        DirectoryCopy copy = new DirectoryCopy(root, directory, ignore);
        copy.run();
        ignore.report(copy.leftOut(), output);
    }

    private void requireDirectory() {
        if (!Files.exists(root)) {
            throw new SourceException(WHAT, root, "does not exist", "a directory with the files of an app", null);
        }
        if (!Files.isDirectory(root)) {
            throw new SourceException(WHAT, root, "is not a directory", "a directory with the files of an app", null);
        }
    }

    @Override
    public String toString() {
        return "directory " + root;
    }
}
