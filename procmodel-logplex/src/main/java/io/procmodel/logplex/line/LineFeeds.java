package io.procmodel.logplex.line;

import java.nio.ByteBuffer;

/** The search for line feeds, eight bytes at a time: the one loop that looks at every byte of every dyno. */
final class LineFeeds {
    private static final byte LF = '\n';
    private static final long LF_IN_EVERY_BYTE = 0x0a0a0a0a0a0a0a0aL;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private LineFeeds() {}

    /**
     * The index of the first line feed in {@code [from, to)}, or {@code to}.
     *
     * @param bytes a little-endian buffer
     */
    static int next(ByteBuffer bytes, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            // A byte that is LF becomes 0, and only the lowest 0 is sure to be marked: it is the one asked for.
            long zeroIfLf = bytes.getLong(at) ^ LF_IN_EVERY_BYTE;
            long marks = (zeroIfLf - LOW_BITS) & ~zeroIfLf & HIGH_BITS;
            if (marks != 0) {
                return at + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
        }
        while (at < to && bytes.get(at) != LF) {
            at++;
        }
        return at;
    }
}
