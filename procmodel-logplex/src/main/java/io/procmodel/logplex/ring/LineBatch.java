package io.procmodel.logplex.ring;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.line.Piece;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A copy of some consecutive lines, taken in one go so that their stream is held shortly and read at leisure. Reusable;
 * not thread-safe.
 */
public final class LineBatch {
    /** How many lines one copy takes at most. */
    public static final int MAX_LINES = 512;

    /** How many bytes one copy takes, unless a single line is longer. */
    public static final int MAX_BYTES = 256 * 1024;

    private long first;
    private int size;
    private long[] micros = new long[16];
    private int[] offsets = new int[16];
    private int[] pieces = new int[16];
    private @Nullable LogOrigin[] origins = new LogOrigin[16];
    private byte[] bytes = {};
    private int used;

    /** Creates an empty batch. */
    public LineBatch() {}

    /** The number of the first line, or the number that it would have. */
    public long first() {
        return first;
    }

    /** The number after that of the last line. */
    public long end() {
        return first + size;
    }

    /** How many lines there are. */
    public int size() {
        return size;
    }

    /** A line by its index in the batch; valid until the batch is filled again. */
    @SuppressWarnings("NullAway") // a line in use has an origin
    public Line line(int index) {
        return new Line(
                first + index,
                micros[index],
                origins[index],
                Piece.part(pieces[index]),
                bytes,
                offsets[index],
                Piece.length(pieces[index]));
    }

    /** Copies bytes of a line from where they are kept. */
    @FunctionalInterface
    public interface Bytes {
        /** Copies {@code length} bytes from {@code from} on. */
        void copy(int from, byte[] target, int at, int length);
    }

    /** Empties the batch; lines that are appended may have any number. */
    public void startAt(long seq) {
        clear(seq);
        used = 0;
    }

    /**
     * Appends a line from elsewhere, which must be the one after the last.
     *
     * @param from where its bytes are
     * @return false if it is not, or the batch is full
     */
    public boolean append(long seq, long time, int piece, LogOrigin origin, int from, Bytes source) {
        if (size == 0) {
            clear(seq);
            used = 0;
        } else if (seq != end() || !hasRoomFor(used)) {
            return false;
        }
        int length = Piece.footprint(piece);
        byte[] grown = bytes;
        if (grown.length < used + length) {
            grown = Arrays.copyOf(bytes, Math.max(used + length, Math.min(bytes.length * 2, MAX_BYTES)));
            bytes = grown;
        }
        source.copy(from, grown, used, length);
        add(time, used, piece, origin);
        used += length;
        return true;
    }

    void clear(long newFirst) {
        Arrays.fill(origins, 0, size, null);
        first = newFirst;
        size = 0;
    }

    boolean hasRoomFor(int length) {
        return size == 0 || (size < MAX_LINES && length < MAX_BYTES);
    }

    void add(long time, int offset, int piece, LogOrigin origin) {
        if (size == micros.length) {
            grow(size * 2);
        }
        micros[size] = time;
        offsets[size] = offset;
        pieces[size] = piece;
        origins[size] = origin;
        size++;
    }

    byte[] bytesFor(int length) {
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, Math.min(bytes.length * 2, MAX_BYTES))];
        }
        return bytes;
    }

    private void grow(int capacity) {
        micros = Arrays.copyOf(micros, capacity);
        offsets = Arrays.copyOf(offsets, capacity);
        pieces = Arrays.copyOf(pieces, capacity);
        origins = Arrays.copyOf(origins, capacity);
    }
}
