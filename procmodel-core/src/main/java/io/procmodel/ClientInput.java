package io.procmodel;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What somebody types to a dyno to which they are attached: its end is the end of the dyno's input, but who cannot be read
 * from any more has gone. Confined to the reading thread, like the stream behind it.
 */
final class ClientInput extends FilterInputStream {
    private final ClientLine line;

    ClientInput(InputStream client, ClientLine line) {
        super(client);
        this.line = line;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = line.isCut() ? -1 : readOrHangUp(buffer, offset, length);
        if (count > 0) {
            line.used();
        }
        return line.isCut() ? -1 : count;
    }

    private int readOrHangUp(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            line.cut();
            throw e;
        }
    }
}
