package io.procmodel.scheduler.cron;

/** Sets of small numbers as the bits of a {@code long}. */
final class Bits {
    static final int NONE = 64;

    private Bits() {}

    static boolean has(long bits, int value) {
        return ((bits >>> value) & 1) != 0;
    }

    /** The smallest member that is at least {@code value} (0 to 63), or {@link #NONE}. */
    static int atOrAfter(long bits, int value) {
        return Long.numberOfTrailingZeros(bits & (-1L << value));
    }

    static int first(long bits) {
        return Long.numberOfTrailingZeros(bits);
    }

    /** The set of {@code first} to {@code last}. */
    static long range(int first, int last) {
        return (-1L << first) & (-1L >>> (63 - last));
    }
}
