package io.procmodel.slug;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/**
 * Ends the reading of an uncompressed tar that grows beyond its limits, headers and skipped parts included, and notices
 * whether it has the zeros that every tar ends with: one that was cut between two entries looks whole but for those.
 */
final class BombGuard extends FilterInputStream {
    private static final int END = 512;

    private final LongSupplier compressedBytes;
    private final ArchiveLimits limits;
    private long bytes;
    private long trailingZeros;

    BombGuard(InputStream uncompressed, LongSupplier compressedBytes, ArchiveLimits limits) {
        super(uncompressed);
        this.compressedBytes = compressedBytes;
        this.limits = limits;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            trailingZeros = value == 0 ? trailingZeros + 1 : 0;
            count(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            int zeros = zerosBefore(buffer, offset, offset + read);
            trailingZeros = zeros == read ? trailingZeros + zeros : zeros;
            count(read);
        }
        return read;
    }

    private static int zerosBefore(byte[] buffer, int start, int end) {
        int first = end;
        while (first > start && buffer[first - 1] == 0) {
            first--;
        }
        return end - first;
    }

    @Override
    public long skip(long length) throws IOException {
        byte[] skipped = new byte[(int) Math.min(Math.max(length, 0), 1 << 16)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    /** Whether the archive, read to its end, ends as a tar must. */
    boolean hasEnd() {
        return trailingZeros >= END;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long more) {
        bytes += more;
        if (bytes > limits.bytes()) {
            throw ArchiveException.tooLarge("bytes", limits.bytes());
        }
        if (bytes > ArchiveLimits.RATIO_COUNTS_FROM && bytes / limits.ratio() > compressedBytes.getAsLong()) {
            throw ArchiveException.tooLarge("bytes for each byte of the archive", limits.ratio());
        }
    }
}
