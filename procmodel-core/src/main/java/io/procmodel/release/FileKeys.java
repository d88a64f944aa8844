package io.procmodel.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Data keys in a file of their own, which one process at a time has. */
record FileKeys(Path path) implements KeyPlace {
    @Override
    public Optional<String> load() throws IOException {
        return Files.exists(path) ? Optional.of(Files.readString(path)) : Optional.empty();
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
