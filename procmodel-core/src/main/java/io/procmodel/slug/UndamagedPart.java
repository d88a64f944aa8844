package io.procmodel.slug;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of a compressed stream: it ends where the damage begins, and keeps what that was. Whether the end came
 * too early is for the digest to say.
 */
final class UndamagedPart extends FilterInputStream {
    private static final int BUFFER = 1 << 16;

    private final StoredBytes stored;
    private @Nullable IOException damage;

    private UndamagedPart(InputStream in, StoredBytes stored) {
        super(in);
        this.stored = stored;
    }

    /** What the store gives, and why it gave up. */
    private static final class StoredBytes extends FilterInputStream {
        private @Nullable IOException failure;

        StoredBytes(InputStream archive) {
            super(archive);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }

    /** What can be read of an archive that is compressed in this way or with gzip. */
    static UndamagedPart of(InputStream archive, SlugCompression compression) {
        StoredBytes stored = new StoredBytes(archive);
        try {
            return new UndamagedPart(decompress(new BufferedInputStream(stored, BUFFER), compression), stored);
        } catch (IOException e) {
            UndamagedPart nothing = new UndamagedPart(InputStream.nullInputStream(), stored);
            nothing.damage = e;
            return nothing;
        }
    }

    private static InputStream decompress(BufferedInputStream archive, SlugCompression compression) throws IOException {
        for (SlugCompression kind : List.of(compression, SlugCompression.gzip())) {
            byte[] magic = kind.magic();
            archive.mark(magic.length);
            boolean fits = Arrays.equals(archive.readNBytes(magic.length), magic);
            archive.reset();
            if (fits) {
                return kind.decompress(archive);
            }
        }
        throw new ZipException("the archive is not compressed with " + compression.name() + " or gzip");
    }

    /** Why the stream ended, or null if it was whole so far. */
    @Nullable
    IOException damage() {
        return damage;
    }

    /** Throws what the store failed with, if it did: that says nothing about the archive. */
    void requireStore() throws IOException {
        if (stored.failure != null) {
            throw stored.failure;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (damage != null) {
            return -1;
        }
        try {
            return super.read(buffer, offset, length);
        } catch (IOException e) {
            damage = e;
            return -1;
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
