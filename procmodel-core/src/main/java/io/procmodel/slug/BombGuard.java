package io.procmodel.slug;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** Ends the reading of an uncompressed archive that grows beyond its limits; headers and skipped parts count too. */
final class BombGuard extends FilterInputStream {
    private final LongSupplier compressedBytes;
    private final ArchiveLimits limits;
    private long bytes;

    BombGuard(InputStream uncompressed, LongSupplier compressedBytes, ArchiveLimits limits) {
        super(uncompressed);
        this.compressedBytes = compressedBytes;
        this.limits = limits;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(long length) throws IOException {
        long skipped = super.skip(length);
        count(skipped);
        return skipped;
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
