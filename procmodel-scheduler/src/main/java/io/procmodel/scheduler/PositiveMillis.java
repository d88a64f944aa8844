package io.procmodel.scheduler;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** The check that all periods of schedules pass. */
final class PositiveMillis {
    private PositiveMillis() {}

    static long of(String what, Duration period) {
        if (period.isNegative() || period.isZero() || hasFraction(period) || tooLong(period)) {
            String expected = "a positive, whole number of milliseconds, at most 100 years";
            throw new InvalidScheduleException(what + "(" + period + ")", period.toString(), expected, "");
        }
        return period.toMillis();
    }

    private static boolean hasFraction(Duration period) {
        return !period.truncatedTo(ChronoUnit.MILLIS).equals(period);
    }

    private static boolean tooLong(Duration period) {
        return period.compareTo(Duration.ofDays(36_525)) > 0;
    }
}
