package io.procmodel.log;

import java.nio.ByteBuffer;

/** The last 4 KiB that an origin wrote, however it was split; closing changes nothing. Thread-safe. */
final class RecentBytes implements LogSource {
    private static final int CAPACITY = 4096;

    private byte[] ring = new byte[256];
    private long written;

    @Override
    public synchronized void write(ByteBuffer chunk) {
        int skipped = Math.max(0, chunk.remaining() - CAPACITY);
        chunk.position(chunk.position() + skipped);
        written += skipped;
        grow(written + chunk.remaining());
        while (chunk.hasRemaining()) {
            int at = (int) (written % ring.length);
            int run = Math.min(chunk.remaining(), ring.length - at);
            chunk.get(ring, at, run);
            written += run;
        }
    }

    @Override
    public void close() {}

    synchronized byte[] toByteArray() {
        int length = (int) Math.min(written, ring.length);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = ring[(int) ((written - length + i) % ring.length)];
        }
        return bytes;
    }

    /** Grows only while nothing has been overwritten yet, so what is there stays where it is. */
    private void grow(long wanted) {
        if (ring.length < CAPACITY && wanted > ring.length) {
            byte[] old = toByteArray();
            ring = new byte[wanted > CAPACITY / 2 ? CAPACITY : CAPACITY / 2];
            System.arraycopy(old, 0, ring, 0, old.length);
        }
    }
}
