package io.procmodel;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Reads a terminal only when a key is there, and ends when nobody wants its keys any more: a read that waits would take away
 * the first key that is typed afterwards. Confined to the reading thread.
 */
final class PolledInput extends InputStream {
    private static final long PAUSE_MILLIS = 10;

    private final InputStream terminal;
    private final BooleanSupplier ended;

    PolledInput(InputStream terminal, BooleanSupplier ended) {
        this.terminal = terminal;
        this.ended = ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (!ended.getAsBoolean()) {
            int ready = terminal.available();
            if (ready > 0) {
                return terminal.read(buffer, offset, Math.min(ready, length));
            }
            pause();
        }
        return -1;
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a key", e);
        }
    }
}
