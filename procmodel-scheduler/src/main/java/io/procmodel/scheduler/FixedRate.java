package io.procmodel.scheduler;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A grid of instants, {@code periodMillis} apart, on which {@code anchorMillis} lies. */
record FixedRate(long periodMillis, long anchorMillis) implements Schedule {
    static FixedRate of(Duration period, Instant anchor) {
        return new FixedRate(
                PositiveMillis.of("every", period),
                requireNonNull(anchor, "anchor").toEpochMilli());
    }

    @Override
    public Optional<Instant> nextAfter(Instant instant) {
        try {
            long millis = instant.toEpochMilli();
            long sinceGrid = Math.floorMod(Math.subtractExact(millis, anchorMillis), periodMillis);
            return Optional.of(Instant.ofEpochMilli(Math.addExact(millis - sinceGrid, periodMillis)));
        } catch (ArithmeticException e) {
            // Outside of the 292 million years that milliseconds can count, there is no next one.
            return Optional.empty();
        }
    }

    @Override
    public String describe() {
        return "every " + DurationWords.of(Duration.ofMillis(periodMillis));
    }

    @Override
    public String toString() {
        return describe();
    }
}
