package io.procmodel.slug;

import io.procmodel.error.StorageException;
import io.procmodel.file.FileTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks slugs of a store, and verifies while it does so that they are what their digest says (Heroku: DYN-16).
 * Thread-safe; expanding blocks on store, disk and processor.
 */
public final class SlugExpander {
    private static final int BUFFER = 1 << 16;

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
            unpackVerified(digest, beside);
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

    private void unpackVerified(SlugDigest expected, Path directory) throws IOException {
        try (InputStream archive = store.open(expected)) {
            Sha256 identity = new Sha256();
            UndamagedPart readable = UndamagedPart.ofGzip(archive);
            InputStream tar =
                    new BufferedInputStream(new DigestInputStream(readable, identity.messageDigest()), BUFFER);
            ArchiveException refusal = unpack(tar, directory);
            // Read to the end in any case: what is wrong with the archive matters less than that it is the wrong one.
            tar.transferTo(OutputStream.nullOutputStream());
            SlugDigest actual = identity.digest();
            if (!actual.equals(expected)) {
                throw new SlugChecksumException(
                        expected, actual, readable.damage() == null ? refusal : readable.damage());
            }
            if (refusal != null) {
                throw refusal;
            }
        }
    }

    private @Nullable ArchiveException unpack(InputStream tar, Path directory) {
        try {
            extractor.extractTar(tar, directory);
            return null;
        } catch (ArchiveException e) {
            return e;
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
