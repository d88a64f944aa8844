package io.procmodel.build;

import io.procmodel.error.StorageException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The names at the root of an app, for the errors that tell what is there.
 *
 * @param names sorted
 */
record RootFiles(List<String> names) {
    private static final int SHOWN = 20;

    static RootFiles of(Path directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (IOException e) {
            throw new StorageException("list", directory, e);
        }
        Collections.sort(names);
        return new RootFiles(List.copyOf(names));
    }

    /** For example {@code the root of the app holds README.md, app.py}. */
    @Override
    public String toString() {
        if (names.isEmpty()) {
            return "the root of the app holds no files";
        }
        String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
        return "the root of the app holds " + String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))) + more;
    }
}
