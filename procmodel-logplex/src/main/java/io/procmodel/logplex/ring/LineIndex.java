package io.procmodel.logplex.ring;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.line.CutLines;
import io.procmodel.logplex.line.Piece;
import java.util.Arrays;
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

    /**
     * Adds the pieces from {@code from} on, which all have one time and one origin and whose bytes follow each other in a
     * ring; there must be room below the limit.
     *
     * @param offset where the bytes of the first one are
     */
    void add(long time, int offset, CutLines lines, int from, LogOrigin origin, ByteRing bytes) {
        int added = lines.size() - from;
        reserve(added);
        int place = offset;
        for (int done = 0; done < added; ) {
            int slot = slot(size);
            int run = Math.min(added - done, micros.length - slot);
            lines.copyPieces(from + done, pieces, slot, run);
            Arrays.fill(micros, slot, slot + run, time);
            Arrays.fill(origins, slot, slot + run, origin);
            for (int i = slot; i < slot + run; i++) {
                offsets[i] = place;
                place = bytes.after(place, Piece.footprint(pieces[i]));
            }
            size += run;
            done += run;
        }
    }

    /** Forgets the oldest lines, so many of them; returns how many bytes they have. */
    int removeOldest(int lines) {
        int footprint = 0;
        for (int left = lines; left > 0; ) {
            int run = Math.min(left, micros.length - oldest);
            for (int i = oldest; i < oldest + run; i++) {
                footprint += Piece.footprint(pieces[i]);
            }
            oldest = slot(run);
            size -= run;
            left -= run;
        }
        return footprint;
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

    private void reserve(int more) {
        if (size + more > micros.length) {
            resize((int) Math.min(limit, Math.max(size + more, size * 2L)));
        }
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
