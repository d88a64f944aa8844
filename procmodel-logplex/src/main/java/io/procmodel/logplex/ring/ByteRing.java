package io.procmodel.logplex.ring;

import java.nio.ByteBuffer;

/**
 * A first-in first-out store of bytes that grows in small steps up to a limit, so that a quiet app costs little and a
 * full history little more than its bytes. Not thread-safe.
 */
final class ByteRing {
    private static final int SMALLEST = 1024;
    private static final int STEP = 16 * 1024;

    private final int limit;
    private byte[] bytes;
    private int head;
    private int used;

    ByteRing(int limit) {
        this.limit = limit;
        this.bytes = new byte[Math.min(SMALLEST, limit)];
    }

    int limit() {
        return limit;
    }

    int used() {
        return used;
    }

    int free() {
        return bytes.length - used;
    }

    /** Where the next byte goes. */
    int head() {
        return head;
    }

    /** The place {@code length} bytes after a place. */
    int after(int offset, int length) {
        int next = offset + length;
        return next < bytes.length ? next : next - bytes.length;
    }

    /** Makes room for {@code more} bytes beyond those used; all places change: the oldest byte comes to 0. */
    void growFor(int more) {
        byte[] grown = new byte[Math.min(limit, capacityFor(used + more))];
        read(after(head, bytes.length - used), grown, 0, used);
        bytes = grown;
        head = used == bytes.length ? 0 : used;
    }

    /** Adds bytes; there must be room. */
    void write(ByteBuffer source, int from, int length) {
        int run = Math.min(length, bytes.length - head);
        source.get(from, bytes, head, run);
        source.get(from + run, bytes, 0, length - run);
        wrote(length);
    }

    /** Adds bytes; there must be room. */
    void write(byte[] source, int from, int length) {
        int run = Math.min(length, bytes.length - head);
        System.arraycopy(source, from, bytes, head, run);
        System.arraycopy(source, from + run, bytes, 0, length - run);
        wrote(length);
    }

    /** Forgets the oldest bytes. */
    void release(int length) {
        used -= length;
    }

    /** Copies bytes that start at a place. */
    void read(int offset, byte[] target, int at, int length) {
        int run = Math.min(length, bytes.length - offset);
        System.arraycopy(bytes, offset, target, at, run);
        System.arraycopy(bytes, 0, target, at + run, length - run);
    }

    private void wrote(int length) {
        head = after(head, length);
        used += length;
    }

    /** Powers of two while it is small, then steps of a sixteenth: little is copied, and little is left unused. */
    private static int capacityFor(int needed) {
        if (needed <= STEP) {
            return Integer.highestOneBit(needed - 1) << 1;
        }
        int step = Math.max(STEP, needed >> 4);
        return (needed / step + 1) * step;
    }
}
