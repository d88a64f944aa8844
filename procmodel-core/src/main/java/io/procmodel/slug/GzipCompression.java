package io.procmodel.slug;

import com.google.common.base.Preconditions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;

/** Gzip by several threads. */
final class GzipCompression implements SlugCompression {
    private static final int BUFFER = 1 << 16;

    private final int threads;

    GzipCompression(int threads) {
        Preconditions.checkArgument(threads >= 1, "threads: %s (expected: >= 1)", threads);
        this.threads = threads;
    }

    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public byte[] magic() {
        return new byte[] {0x1f, (byte) 0x8b};
    }

    @Override
    public OutputStream compress(OutputStream archive) throws IOException {
        return new ParallelGzip(archive, threads);
    }

    @Override
    public InputStream decompress(InputStream archive) throws IOException {
        return new GZIPInputStream(archive, BUFFER);
    }

    @Override
    public String toString() {
        return name();
    }
}
