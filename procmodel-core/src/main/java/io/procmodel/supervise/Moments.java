package io.procmodel.supervise;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Points in time, and times, that may lie beyond what a clock can show: a host that wants no limit gives a very long one. */
public final class Moments {
    private Moments() {}

    /** The moment so long after another one, or the last moment that there is. */
    public static Instant after(Instant start, Duration time) {
        try {
            return start.plus(time);
        } catch (DateTimeException | ArithmeticException e) {
            return time.isNegative() ? Instant.MIN : Instant.MAX;
        }
    }

    /** A time that is longer by another one, neither of them negative, or the longest that there is. */
    public static Duration sum(Duration time, Duration more) {
        try {
            return time.plus(more);
        } catch (ArithmeticException e) {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
    }
}
