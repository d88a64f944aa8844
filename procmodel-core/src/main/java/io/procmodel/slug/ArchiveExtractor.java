package io.procmodel.slug;

import com.google.common.io.CountingInputStream;
import io.procmodel.error.StorageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a tar that nobody vouches for, and never writes outside the target directory: symbolic links are made last, when
 * nothing is written any more, and only those that stay inside. Hard links become copies; times, owners and all mode bits
 * but the executable one are dropped; a byte of a name that is not UTF-8 is read as {@code ?}. Thread-safe; blocks on the
 * disk.
 */
public final class ArchiveExtractor {
    private static final int BUFFER = 1 << 16;

    private final ArchiveLimits limits;

    /** An extractor that takes an archive for a bomb when it unpacks to more than {@code limits}. */
    public ArchiveExtractor(ArchiveLimits limits) {
        this.limits = limits;
    }

    /**
     * Unpacks a tar, gzip-compressed or not, into an empty directory. The caller closes the stream, and removes the
     * directory if this fails.
     *
     * @throws ArchiveException if the archive is damaged or refused
     * @throws StorageException if the directory cannot be written
     */
    public void extract(InputStream archive, Path directory) {
        CountingInputStream compressed = new CountingInputStream(archive);
        InputStream tar = decompress(new BufferedInputStream(compressed, BUFFER));
        BombGuard guarded = new BombGuard(tar, compressed::getCount, limits);
        unpack(guarded, new ArchiveTarget(directory, limits.entries(), guarded::countCopy), guarded::expect);
        if (!guarded.hasEnd()) {
            throw ArchiveException.damaged(new IOException("it ends without the mark of its end"));
        }
    }

    private static InputStream decompress(BufferedInputStream archive) {
        try {
            archive.mark(2);
            boolean gzip = archive.read() == 0x1f && archive.read() == 0x8b;
            archive.reset();
            return gzip ? new BufferedInputStream(new GZIPInputStream(archive, BUFFER), BUFFER) : archive;
        } catch (IOException e) {
            throw ArchiveException.damaged(e);
        }
    }

    /** Unpacks an uncompressed tar whose content is known into an empty directory. */
    void extractTar(InputStream tarStream, Path directory) {
        unpack(tarStream, new ArchiveTarget(directory, limits.entries(), copied -> {}), size -> {});
    }

    private void unpack(InputStream tarStream, ArchiveTarget target, LongConsumer sizes) {
        TarArchiveInputStream tar = new TarArchiveInputStream(tarStream, StandardCharsets.UTF_8.name());
        try {
            long entries = 0;
            for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
                if (++entries > limits.entries()) {
                    throw ArchiveException.tooLarge("entries", limits.entries());
                }
                sizes.accept(entry.getSize());
                extract(entry, tar, target);
            }
            target.createSymbolicLinks();
        } catch (IOException e) {
            throw new StorageException("unpack into", target.root(), e);
        }
    }

    static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) {
        try {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry != null && !entry.isCheckSumOK()) {
                throw ArchiveException.damaged(new IOException("wrong checksum of the header of " + entry.getName()));
            }
            return entry;
        } catch (ArchiveException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw ArchiveException.damaged(e);
        }
    }

    private static void extract(TarArchiveEntry entry, TarArchiveInputStream tar, ArchiveTarget target)
            throws IOException {
        String name = entry.getName();
        if (entry.isSparse()) {
            throw ArchiveException.refused(name, "is a sparse file", "a plain file, a directory or a link");
        }
        switch (entry.getLinkFlag()) {
            case TarConstants.LF_DIR -> target.createDirectory(name);
            case TarConstants.LF_SYMLINK -> target.addSymbolicLink(name, entry.getLinkName());
            case TarConstants.LF_LINK -> target.copyHardLink(name, entry.getLinkName());
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG ->
                extractFile(entry, tar, target);
            default ->
                throw ArchiveException.refused(
                        name,
                        "is a pipe, a device or of unknown type '" + (char) entry.getLinkFlag() + "'",
                        "a file, a directory or a link");
        }
    }

    private static void extractFile(TarArchiveEntry entry, TarArchiveInputStream tar, ArchiveTarget target)
            throws IOException {
        if (entry.isDirectory()) {
            target.createDirectory(entry.getName());
        } else {
            boolean executable = (entry.getMode() & 0100) != 0;
            target.createFile(entry.getName(), executable, new EntryContent(tar, entry.getSize()));
        }
    }
}
