package io.procmodel.build;

import io.procmodel.error.StorageException;
import io.procmodel.slug.ArchiveExtractor;
import io.procmodel.slug.ArchiveLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a tar or tar.gz. */
final class ArchiveSource implements Source {
    private static final String WHAT = "source archive";
    private static final String EXPECTED = "a tar or tar.gz with the files of an app";

    private final Path file;

    ArchiveSource(Path file) {
        this.file = file;
    }

    @Override
    public void fetch(Path directory, BuildOutput output) {
        try (InputStream archive = open()) {
            new ArchiveExtractor(ArchiveLimits.source()).extract(archive, directory);
        } catch (IOException e) {
            throw new SourceException(WHAT, file, "cannot be read: " + e, EXPECTED, e);
        }
        try {
            unwrapSingleDirectory(directory);
        } catch (IOException e) {
            throw new StorageException("unpack into", directory, e);
        }
    }

    private InputStream open() {
        if (!Files.exists(file)) {
            throw new SourceException(WHAT, file, "does not exist", EXPECTED, null);
        }
        if (!Files.isRegularFile(file)) {
            throw new SourceException(WHAT, file, "is not a file", EXPECTED, null);
        }
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw new SourceException(WHAT, file, "cannot be read: " + e, EXPECTED, e);
        }
    }

    static void unwrapSingleDirectory(Path directory) throws IOException {
        List<Path> roots = entriesOf(directory);
        if (roots.size() == 1 && Files.isDirectory(roots.get(0), LinkOption.NOFOLLOW_LINKS)) {
            // The wrapper may hold an entry of its own name, so it steps aside first.
            Path wrapper = Files.move(
                    roots.get(0),
                    Files.createTempDirectory(directory, ".wrapper").resolve("app"));
            for (Path entry : entriesOf(wrapper)) {
                Files.move(entry, directory.resolve(entry.getFileName()));
            }
            Files.delete(wrapper);
            Files.delete(wrapper.getParent());
        }
    }

    private static List<Path> entriesOf(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
            found.forEach(entries::add);
        }
        return entries;
    }

    @Override
    public String toString() {
        return "archive " + file;
    }
}
