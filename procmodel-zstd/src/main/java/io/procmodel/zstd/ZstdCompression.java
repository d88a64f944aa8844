package io.procmodel.zstd;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.procmodel.error.InvalidValueException;
import io.procmodel.slug.SlugCompression;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Archives of slugs in Zstandard: several times faster to make and to read than gzip, and smaller. Every program that
 * opens the store then needs this compression, too. Immutable and thread-safe.
 */
public final class ZstdCompression implements SlugCompression {
    private static final int USUAL_LEVEL = 3;

    private final int level;
    private final int threads;

    private ZstdCompression(int level, int threads) {
        this.level = level;
        this.threads = threads;
    }

    /** Level 3, the {@code zstd} program's own, by as many threads as the machine has processors. */
    public static ZstdCompression create() {
        return new ZstdCompression(USUAL_LEVEL, Runtime.getRuntime().availableProcessors());
    }

    /**
     * With another level; a higher one takes longer and gives smaller archives.
     *
     * @throws InvalidValueException if it is not 1 to 22
     */
    public ZstdCompression level(int other) {
        if (other < 1 || other > Zstd.maxCompressionLevel()) {
            throw new InvalidValueException(
                    "zstd level", Integer.toString(other), "1 to " + Zstd.maxCompressionLevel());
        }
        return new ZstdCompression(other, threads);
    }

    /**
     * By so many threads. The bytes do not depend on their number.
     *
     * @throws InvalidValueException if it is not 1 or more
     */
    public ZstdCompression threads(int other) {
        if (other < 1) {
            throw new InvalidValueException("zstd threads", Integer.toString(other), "1 or more");
        }
        return new ZstdCompression(level, other);
    }

    @Override
    public String name() {
        return "zstd";
    }

    @Override
    public byte[] magic() {
        return new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    }

    @Override
    public OutputStream compress(OutputStream archive) throws IOException {
        ZstdOutputStream compressed = new ZstdOutputStream(archive, level);
        compressed.setWorkers(threads);
        compressed.setChecksum(true);
        return compressed;
    }

    @Override
    public InputStream decompress(InputStream archive) throws IOException {
        return new ZstdInputStream(archive);
    }

    @Override
    public String toString() {
        return name() + " level " + level;
    }
}
