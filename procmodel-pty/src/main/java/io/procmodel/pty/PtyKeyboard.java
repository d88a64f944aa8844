package io.procmodel.pty;

import com.pty4j.unix.Pty;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** What is typed. pty4j's own stream takes only the beginning of an array, and is silent about a terminal that is closed. */
final class PtyKeyboard extends OutputStream {
    private final Pty pty;

    PtyKeyboard(Pty pty) {
        this.pty = pty;
    }

    @Override
    public void write(int key) throws IOException {
        write(new byte[] {(byte) key}, 0, 1);
    }

    @Override
    public void write(byte[] keys, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, keys.length);
        if (pty.isClosed()) {
            throw new IOException(pty.getSlaveName() + " is closed");
        }
        pty.getOutputStream().write(Arrays.copyOfRange(keys, offset, offset + length));
    }
}
