package io.procmodel.local;

import io.procmodel.log.LogSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts chunks into lines, byte-exact but for the line end, and hands each on. A line is passed on in pieces of 10,000 bytes
 * (Heroku: LOG-2), so that one that never ends takes no more memory than that.
 */
final class LineSource implements LogSource {
    private static final int LONGEST = 10_000;

    private final Consumer<byte[]> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineSource(Consumer<byte[]> lines) {
        this.lines = lines;
    }

    @Override
    public synchronized void write(ByteBuffer chunk) {
        while (chunk.hasRemaining()) {
            byte next = chunk.get();
            if (next == '\n') {
                pass();
            } else {
                if (line.size() == LONGEST) {
                    pass();
                }
                line.write(next);
            }
        }
    }

    private void pass() {
        byte[] bytes = line.toByteArray();
        line.reset();
        boolean carriageReturn = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        lines.accept(carriageReturn ? Arrays.copyOf(bytes, bytes.length - 1) : bytes);
    }

    @Override
    public synchronized void close() {
        if (line.size() > 0) {
            pass();
        }
    }
}
