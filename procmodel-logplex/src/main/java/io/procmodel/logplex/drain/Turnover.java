package io.procmodel.logplex.drain;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/**
 * When a log file is put aside, and how: {@code shop.log} becomes {@code shop.log.1}, the one before it {@code .2}, and so
 * on; old ones may be compressed, and the oldest are deleted.
 *
 * @param maxBytes the size that a file must not pass, unless one batch alone does
 * @param maxAgeNanos how long a file is written to
 * @param keep how many old files are kept
 * @param gzip whether they are compressed
 */
public record Turnover(long maxBytes, long maxAgeNanos, int keep, boolean gzip) {
    /** A file that is never put aside. */
    public static final Turnover NEVER = new Turnover(Long.MAX_VALUE, Long.MAX_VALUE, 0, false);

    boolean isDue(long size, long more, long ageNanos) {
        return size > 0 && (size + more > maxBytes || ageNanos >= maxAgeNanos);
    }

    /** Puts the file aside. Files that others have put in the way move along with ours. */
    void turn(Path file) throws IOException {
        for (int number = keep; number >= 1; number--) {
            shift(numbered(file, number, ""), numbered(file, number + 1, ""), number == keep);
            shift(numbered(file, number, ".gz"), numbered(file, number + 1, ".gz"), number == keep);
        }
        if (keep == 0) {
            Files.deleteIfExists(file);
        } else if (gzip) {
            compress(file, numbered(file, 1, ".gz"));
        } else {
            Files.move(file, numbered(file, 1, ""), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void shift(Path from, Path to, boolean oldest) throws IOException {
        if (oldest) {
            Files.deleteIfExists(from);
        } else if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Compresses beside the file first, so that a crash leaves one or the other whole. */
    private static void compress(Path file, Path target) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".tmp");
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new GZIPOutputStream(Files.newOutputStream(unfinished))) {
            in.transferTo(out);
        }
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(file);
    }

    private static Path numbered(Path file, int number, String ending) {
        return file.resolveSibling(file.getFileName() + "." + number + ending);
    }
}
