package io.procmodel.scheduler;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** A single instant. */
record Once(Instant instant) implements Schedule {
    Once {
        requireNonNull(instant, "instant");
    }

    @Override
    public Optional<Instant> nextAfter(Instant from) {
        return from.isBefore(instant) ? Optional.of(instant) : Optional.empty();
    }

    @Override
    public String describe() {
        return "once, at " + instant;
    }

    @Override
    public String toString() {
        return describe();
    }
}
