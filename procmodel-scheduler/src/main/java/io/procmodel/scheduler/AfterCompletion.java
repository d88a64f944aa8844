package io.procmodel.scheduler;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A fixed pause after the end of a run; the instant that it is asked with is that end. */
record AfterCompletion(Duration pause) implements Schedule {
    static AfterCompletion of(Duration pause) {
        return new AfterCompletion(Duration.ofMillis(PositiveMillis.of("everyAfterCompletion", pause)));
    }

    @Override
    public Optional<Instant> nextAfter(Instant instant) {
        try {
            return Optional.of(instant.plus(pause));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean followsCompletion() {
        return true;
    }

    @Override
    public String describe() {
        return DurationWords.of(pause) + " after the end of each run";
    }

    @Override
    public String toString() {
        return describe();
    }
}
