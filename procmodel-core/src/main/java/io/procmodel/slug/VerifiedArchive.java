package io.procmodel.slug;

import io.procmodel.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the uncompressed tar of a slug, and says afterwards whether it was the slug that it is named after. */
final class VerifiedArchive {
    private VerifiedArchive() {}

    /**
     * Gives the tar to {@code reader}.
     *
     * @throws SlugNotFoundException if the store has no such slug
     * @throws SlugChecksumException if it is another one, whatever the reader made of it
     * @throws ArchiveException from the reader, if it is that slug
     * @throws StorageException if the store fails
     */
    static void read(SlugStore store, SlugDigest expected, Consumer<InputStream> reader) {
        Sha256 identity = new Sha256();
        try (InputStream archive = store.open(expected);
                UndamagedPart readable = UndamagedPart.of(archive, store.compression());
                InputStream tar = ReadAhead.of(new DigestInputStream(readable, identity.messageDigest()))) {
            ArchiveException refusal = accept(tar, reader);
            // Read to the end in any case: what is wrong with the archive matters less than that it is the wrong one.
            tar.transferTo(OutputStream.nullOutputStream());
            readable.requireStore();
            SlugDigest actual = identity.digest();
            if (!actual.equals(expected)) {
                throw new SlugChecksumException(
                        expected, actual, readable.damage() == null ? refusal : readable.damage());
            }
            if (refusal != null) {
                throw refusal;
            }
        } catch (IOException e) {
            throw new StorageException("read slug", Path.of(expected.hex()), e);
        }
    }

    private static @Nullable ArchiveException accept(InputStream tar, Consumer<InputStream> reader) {
        try {
            reader.accept(tar);
            return null;
        } catch (ArchiveException e) {
            return e;
        }
    }
}
