package io.procmodel.scheduler;

import java.time.Duration;

/** Spans that nobody lives to see the end of, such as {@code ChronoUnit.FOREVER}, which clocks cannot count. */
final class LongTime {
    private static final Duration MOST = Duration.ofDays(36_525);

    private LongTime() {}

    /** The span, or 100 years if it is longer. */
    static Duration bounded(Duration span) {
        return span.compareTo(MOST) > 0 ? MOST : span;
    }
}
