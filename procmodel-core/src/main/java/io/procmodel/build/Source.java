package io.procmodel.build;

import io.procmodel.error.StorageException;
import io.procmodel.slug.ArchiveException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the files of an app come from. A source is only a description: nothing is read, or found to be missing, before a
 * build fetches it, and each build fetches it anew. Implementations are thread-safe.
 */
public interface Source {
    /**
     * Writes the app into an empty, private directory: {@code Procfile}, {@code .slugignore} and all at its root. The
     * build leaves out {@code .git} and what {@code .slugignore} names afterwards, so a source need not. Blocks.
     *
     * @param directory an existing, empty directory
     * @param output takes what a person may want to read about it
     * @throws SourceException if there is no app to be had
     * @throws ArchiveException if the source is an archive that is damaged or hostile
     * @throws StorageException if {@code directory} cannot be written
     */
    void fetch(Path directory, BuildOutput output);

    /**
     * Does what {@link #fetch} does, and says which version of the app it was, for the {@code SOURCE_VERSION} that buildpacks
     * see (Heroku: BLD-17), such as the digits of a commit. Most sources do not know one.
     *
     * @throws SourceException as {@link #fetch} does
     * @throws ArchiveException as {@link #fetch} does
     * @throws StorageException as {@link #fetch} does
     */
    default Optional<String> fetchVersion(Path directory, BuildOutput output) {
        fetch(directory, output);
        return Optional.empty();
    }

    /**
     * The files below a directory, except {@code .git} and what its {@code .slugignore} names, which are not even read.
     */
    static Source directory(Path directory) {
        return new DirectorySource(directory);
    }

    /**
     * The files of a tar, gzip-compressed or not. If all of it is in one directory, as in the archives that code hosts
     * make, that directory is the root of the app. Entries that reach outside, devices, pipes and bombs are refused.
     */
    static Source archive(Path file) {
        return new ArchiveSource(file);
    }
}
