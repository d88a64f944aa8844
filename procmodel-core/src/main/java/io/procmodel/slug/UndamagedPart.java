package io.procmodel.slug;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of a compressed stream: it ends where the damage begins, and keeps what that was. Whether the end came
 * too early is for the digest to say.
 */
final class UndamagedPart extends FilterInputStream {
    private static final int BUFFER = 1 << 16;

    private @Nullable IOException damage;

    private UndamagedPart(InputStream in) {
        super(in);
    }

    static UndamagedPart ofGzip(InputStream archive) {
        try {
            return new UndamagedPart(new GZIPInputStream(archive, BUFFER));
        } catch (IOException e) {
            UndamagedPart nothing = new UndamagedPart(InputStream.nullInputStream());
            nothing.damage = e;
            return nothing;
        }
    }

    /** Why the stream ended, or null if it was whole so far. */
    @Nullable
    IOException damage() {
        return damage;
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
