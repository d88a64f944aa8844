package io.procmodel.logplex.line;

import io.procmodel.log.LinePart;

/**
 * One line, or a part of one, as a length in the bytes around it, packed into an int because millions of them pass per
 * second: 21 bits of length, 2 bits of line end, and whether a line
 * starts and ends with it.
 */
public final class Piece {
    /** The longest content that a piece can describe. */
    public static final int MAX_LENGTH = 1 << 20;

    private static final int LENGTH_BITS = 21;
    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
    private static final int LINE_END_MASK = 3;
    private static final int STARTS_LINE = 1 << (LENGTH_BITS + 2);
    private static final int ENDS_LINE = 1 << (LENGTH_BITS + 3);

    private Piece() {}

    /** Packs a piece of {@code length} bytes that {@code lineEnd} (0 to 2) bytes of line end follow. */
    public static int of(int length, int lineEnd, LinePart part) {
        return length
                | (lineEnd << LENGTH_BITS)
                | (part.startsLine() ? STARTS_LINE : 0)
                | (part.endsLine() ? ENDS_LINE : 0);
    }

    /** Bytes of content. */
    public static int length(int piece) {
        return piece & LENGTH_MASK;
    }

    /** Bytes from the start of this piece to the start of the next one: content and line end. */
    public static int footprint(int piece) {
        return length(piece) + ((piece >>> LENGTH_BITS) & LINE_END_MASK);
    }

    /** How much of a line it is. */
    public static LinePart part(int piece) {
        return LinePart.of((piece & STARTS_LINE) != 0, (piece & ENDS_LINE) != 0);
    }
}
