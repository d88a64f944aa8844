package io.procmodel.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.error.StorageException;
import io.procmodel.file.DurableFiles;
import io.procmodel.name.AppName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * App state as private files {@code APP/NAME.json} below one directory, each replaced as a whole. One program at a time
 * may have the directory: revisions count within the program.
 */
public final class FileAppStateStore implements AppStateStore {
    private static final String SUFFIX = ".json";

    private final Path directory;
    private final Map<Path, Long> revisions = new HashMap<>();

    private FileAppStateStore(Path directory) {
        this.directory = directory;
    }

    /** A store below {@code directory}. The directory of an app must exist when something is saved. */
    public static FileAppStateStore at(Path directory) {
        return new FileAppStateStore(directory);
    }

    @Override
    public synchronized Optional<StateDocument> load(AppName app, StateName name) {
        Path file = file(app, name);
        try {
            String text = Files.readString(file);
            return Optional.of(new StateDocument(text, revisions.computeIfAbsent(file, path -> 1L)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageException("read", file, e);
        }
    }

    @Override
    public synchronized StateDocument save(AppName app, StateName name, String text, long basedOn) {
        Path file = file(app, name);
        long present = Files.exists(file) ? revisions.computeIfAbsent(file, path -> 1L) : ABSENT;
        if (present != basedOn) {
            throw new StaleStateException(app, name, basedOn);
        }
        try {
            DurableFiles.replace(file, text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new StorageException("write", file, e);
        }
        revisions.put(file, present + 1);
        return new StateDocument(text, present + 1);
    }

    @Override
    public synchronized void removeAll(AppName app) {
        Path own = directory.resolve(app.value());
        try (DirectoryStream<Path> documents = Files.newDirectoryStream(own, "*" + SUFFIX)) {
            for (Path document : documents) {
                Files.deleteIfExists(document);
                revisions.remove(document);
            }
            DurableFiles.syncDirectory(own);
        } catch (NoSuchFileException | NotDirectoryException e) {
            revisions.keySet().removeIf(file -> file.startsWith(own));
        } catch (IOException e) {
            throw new StorageException("remove the state in", own, e);
        }
    }

    private Path file(AppName app, StateName name) {
        return directory.resolve(app.value()).resolve(name + SUFFIX);
    }
}
