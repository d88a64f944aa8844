package io.procmodel.slug;

import io.procmodel.error.StorageException;
import io.procmodel.file.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * Unpacks slugs of a store, and verifies while it does so that they are what their digest says (Heroku: DYN-16).
 * Thread-safe; expanding blocks on store, disk and processor.
 */
public final class SlugExpander {
    private final SlugStore store;
    private final ArchiveExtractor extractor = new ArchiveExtractor(ArchiveLimits.none());

    private SlugExpander(SlugStore store) {
        this.store = store;
    }

    /** An expander of the slugs in {@code store}. */
    public static SlugExpander of(SlugStore store) {
        return new SlugExpander(store);
    }

    /**
     * Unpacks a slug to {@code target}, which appears whole and verified or not at all: it is unpacked beside it, under a
     * name that starts with a dot, and renamed. Its files have mode 755 or 644 whatever the umask is.
     *
     * @param digest the slug
     * @param target a path that does not exist yet, in a directory that does
     * @throws SlugNotFoundException if the store has no such slug
     * @throws SlugChecksumException if the archive is not that slug (Heroku: R17)
     * @throws ArchiveException if the archive is that slug, but was not made by a {@link SlugPacker} and is refused
     * @throws StorageException if the directory cannot be written, or {@code target} is there already
     */
    public void expand(SlugDigest digest, Path target) {
        Path beside = createBeside(target);
        try {
            VerifiedArchive.read(store, digest, tar -> extractor.extractTar(tar, beside));
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageException("expand slug to", target, e);
        } finally {
            delete(beside);
        }
    }

    private static Path createBeside(Path target) {
        Path parent = Objects.requireNonNull(target.toAbsolutePath().getParent(), "target must not be a root");
        try {
            return Files.createTempDirectory(parent, "." + target.getFileName() + ".");
        } catch (IOException e) {
            throw new StorageException("expand slug to", target, e);
        }
    }

    private static void delete(Path directory) {
        try {
            FileTree.delete(directory);
        } catch (IOException e) {
            throw new StorageException("remove", directory, e);
        }
    }
}
