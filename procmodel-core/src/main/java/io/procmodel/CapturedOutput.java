package io.procmodel;

import io.procmodel.log.LogSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Keeps the first bytes of a dyno's output and counts the rest. Thread-safe. */
final class CapturedOutput implements LogSource {
    private static final int LIMIT = 16 * 1024 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long dropped;

    @Override
    public synchronized void write(ByteBuffer chunk) {
        byte[] bytes = new byte[Math.min(chunk.remaining(), LIMIT - kept.size())];
        chunk.get(bytes);
        kept.writeBytes(bytes);
        dropped += chunk.remaining();
        chunk.position(chunk.limit());
    }

    synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    synchronized long dropped() {
        return dropped;
    }

    @Override
    public void close() {
        // What was kept stays readable.
    }
}
