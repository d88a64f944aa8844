package io.procmodel.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Data keys in a file of their own, which one process at a time has. */
record FileKeys(Path path) implements KeyPlace {
    @Override
    public Optional<String> load() throws IOException {
        try {
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // any other failure must not be taken for "no keys yet"
        }
    }

    @Override
    public boolean replace(Optional<String> before, String after) throws IOException {
        DurableFiles.replace(path, after.getBytes(UTF_8));
        return true;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
