package io.procmodel.formation;

import com.fasterxml.jackson.core.JsonFactory;
import io.procmodel.error.StorageException;
import io.procmodel.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the formation of one app survives a crash: a small JSON file, private to its owner. Thread-safe; calls block on
 * the disk. Two programs must not save to one file.
 */
public final class FormationStore {
    private final JsonFactory json = new JsonFactory();

    private final Path file;

    private FormationStore(Path file) {
        this.file = file;
    }

    /** A store in {@code file}, whose directory must exist when something is saved; the file need not. */
    public static FormationStore at(Path file) {
        return new FormationStore(file);
    }

    /**
     * The formation that was saved last, or empty if none ever was.
     *
     * @throws StorageException if the file cannot be read or is damaged
     */
    public Optional<Formation> load() {
        try {
            return Optional.of(FormationJson.read(json, Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageException("read", file, e);
        }
    }

    /**
     * Saves a formation. When this returns it is durable; after a crash before that the old or the new one is there.
     *
     * @throws StorageException if it cannot be written; the old one is then still there
     */
    public synchronized void save(Formation formation) {
        try {
            DurableFiles.replace(file, FormationJson.write(json, formation));
        } catch (IOException e) {
            throw new StorageException("write", file, e);
        }
    }
}
