package io.procmodel.logplex.ring;

import io.procmodel.log.LogOrigin;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a {@link ByteRing} in order: time, place, packed piece and origin of each, in parallel arrays of
 * primitives that grow up to a limit. Lines are counted from the oldest, which is 0. Not thread-safe.
 */
final class LineIndex {
    private static final int SMALLEST = 64;

    private int limit;
    private int oldest;
    private int size;
    private long[] micros = {};
    private int[] offsets = {};
    private int[] pieces = {};
    private @Nullable LogOrigin[] origins = {};

    LineIndex(int limit) {
        this.limit = limit;
        resize(Math.min(SMALLEST, limit));
    }

    int limit() {
        return limit;
    }

    int size() {
        return size;
    }

    /** Changes the limit, which must not be below the size. */
    void limit(int newLimit) {
        limit = newLimit;
        resize(Math.max(size, Math.min(SMALLEST, newLimit)));
    }

    /** Adds a line; the size must be below the limit. */
    void add(long time, int offset, int piece, LogOrigin origin) {
        if (size == micros.length) {
            resize((int) Math.min(limit, size * 2L));
        }
        int slot = slot(size);
        micros[slot] = time;
        offsets[slot] = offset;
        pieces[slot] = piece;
        origins[slot] = origin;
        size++;
    }

    /** Forgets the oldest line. */
    void removeOldest() {
        origins[oldest] = null;
        oldest = slot(1);
        size--;
    }

    long micros(int line) {
        return micros[slot(line)];
    }

    int offset(int line) {
        return offsets[slot(line)];
    }

    int piece(int line) {
        return pieces[slot(line)];
    }

    @SuppressWarnings("NullAway") // a slot in use holds an origin
    LogOrigin origin(int line) {
        return origins[slot(line)];
    }

    /** Moves a line's place, after its bytes were moved. */
    void offset(int line, int offset) {
        offsets[slot(line)] = offset;
    }

    private int slot(int line) {
        int slot = oldest + line;
        return slot < micros.length ? slot : slot - micros.length;
    }

    private void resize(int capacity) {
        int run = Math.min(size, micros.length - oldest);
        micros = moved(micros, new long[capacity], run);
        offsets = moved(offsets, new int[capacity], run);
        pieces = moved(pieces, new int[capacity], run);
        origins = moved(origins, new LogOrigin[capacity], run);
        oldest = 0;
    }

    /** Copies the lines to another array, the oldest to index 0; the first {@code run} of them lie before the wrap. */
    private <A> A moved(A from, A to, int run) {
        System.arraycopy(from, oldest, to, 0, run);
        System.arraycopy(from, 0, to, run, size - run);
        return to;
    }
}
