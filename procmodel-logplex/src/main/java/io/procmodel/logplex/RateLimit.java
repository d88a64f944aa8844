package io.procmodel.logplex;

import io.procmodel.error.InvalidValueException;

/**
 * How much a dyno, and an app in all, may say per second. What is beyond is dropped, counted as rejected, and told once a
 * second by an L12 line that names the dyno. A second's worth may come at once. Immutable; each method gives a changed copy.
 */
public final class RateLimit {
    private static final long NONE = Long.MAX_VALUE;

    private final long dynoLines;
    private final long dynoBytes;
    private final long appLines;
    private final long appBytes;

    private RateLimit(long dynoLines, long dynoBytes, long appLines, long appBytes) {
        this.dynoLines = dynoLines;
        this.dynoBytes = dynoBytes;
        this.appLines = appLines;
        this.appBytes = appBytes;
    }

    /**
     * Limits each dyno.
     *
     * @throws InvalidValueException if a number is not positive
     */
    public static RateLimit perDyno(long linesPerSecond, long bytesPerSecond) {
        return new RateLimit(positive("lines", linesPerSecond), positive("bytes", bytesPerSecond), NONE, NONE);
    }

    /**
     * Limits all dynos of an app together.
     *
     * @throws InvalidValueException if a number is not positive
     */
    public static RateLimit perApp(long linesPerSecond, long bytesPerSecond) {
        return new RateLimit(NONE, NONE, positive("lines", linesPerSecond), positive("bytes", bytesPerSecond));
    }

    /** Both limits; of two of the same kind the smaller one. */
    public RateLimit and(RateLimit other) {
        return new RateLimit(
                Math.min(dynoLines, other.dynoLines),
                Math.min(dynoBytes, other.dynoBytes),
                Math.min(appLines, other.appLines),
                Math.min(appBytes, other.appBytes));
    }

    RateBucket newDynoBucket(long nanos) {
        return new RateBucket(dynoLines, dynoBytes, nanos);
    }

    RateBucket newAppBucket(long nanos) {
        return new RateBucket(appLines, appBytes, nanos);
    }

    @Override
    public String toString() {
        return "RateLimit[dyno=" + text(dynoLines, dynoBytes) + ", app=" + text(appLines, appBytes) + "]";
    }

    private static String text(long lines, long bytes) {
        return lines == NONE ? "none" : lines + " lines/s, " + bytes + " bytes/s";
    }

    private static long positive(String what, long value) {
        if (value <= 0) {
            throw new InvalidValueException("rate limit in " + what, String.valueOf(value), "1 or more per second");
        }
        return value;
    }
}
