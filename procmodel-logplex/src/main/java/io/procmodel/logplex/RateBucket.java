package io.procmodel.logplex;

/**
 * What may still be said: filled at a rate, up to a second's worth. A piece is taken as a whole while anything is left, so
 * that the bucket may be overdrawn by one piece. Thread-safe.
 */
final class RateBucket {
    private static final double NANOS = 1e9;

    private final double lineRate;
    private final double byteRate;
    private double lines;
    private double bytes;
    private long filledAt;

    RateBucket(long linesPerSecond, long bytesPerSecond, long nanos) {
        this.lineRate = linesPerSecond;
        this.byteRate = bytesPerSecond;
        this.lines = linesPerSecond;
        this.bytes = bytesPerSecond;
        this.filledAt = nanos;
    }

    /** Takes a piece; false if nothing is left. */
    synchronized boolean take(int pieceLines, int pieceBytes, long nanos) {
        double seconds = (nanos - filledAt) / NANOS;
        lines = Math.min(lineRate, lines + seconds * lineRate);
        bytes = Math.min(byteRate, bytes + seconds * byteRate);
        filledAt = nanos;
        if (lines <= 0 || bytes <= 0) {
            return false;
        }
        lines -= pieceLines;
        bytes -= pieceBytes;
        return true;
    }
}
