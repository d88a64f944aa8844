package io.procmodel.slug;

import com.google.common.math.LongMath;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/**
 * Ends the reading of an uncompressed tar that grows beyond its limits, headers and skipped parts included, and notices
 * whether it has the zeros that every tar ends with: one that was cut between two entries looks whole but for those. The
 * headers of one entry, long names and extended headers, are held in memory, so they have a limit of their own.
 */
final class BombGuard extends FilterInputStream {
    private static final int END = 512;
    private static final long MOST_HEADER_BYTES = 1 << 20;

    private final LongSupplier compressedBytes;
    private final ArchiveLimits limits;
    private long bytes;
    private long trailingZeros;
    private long headersEnd = MOST_HEADER_BYTES;

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

    /** Notes that so many bytes of content come before the next headers. */
    void expect(long contentBytes) {
        headersEnd = LongMath.saturatedAdd(bytes + MOST_HEADER_BYTES, contentBytes);
    }

    /** Counts bytes that unpacking makes out of others, by the order of the archive. */
    void countCopy(long copied) {
        headersEnd = LongMath.saturatedAdd(headersEnd, copied);
        count(copied);
    }

    private void count(long more) {
        bytes += more;
        if (bytes > headersEnd) {
            throw ArchiveException.tooLarge("bytes of headers for one entry", MOST_HEADER_BYTES);
        }
        if (bytes > limits.bytes()) {
            throw ArchiveException.tooLarge("bytes", limits.bytes());
        }
        if (bytes > ArchiveLimits.RATIO_COUNTS_FROM && bytes / limits.ratio() > compressedBytes.getAsLong()) {
            throw ArchiveException.tooLarge("bytes for each byte of the archive", limits.ratio());
        }
    }
}
