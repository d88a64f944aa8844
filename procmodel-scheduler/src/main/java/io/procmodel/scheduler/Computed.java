package io.procmodel.scheduler;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The caller's own function, held to being strictly increasing. */
record Computed(Function<Instant, @Nullable Instant> next) implements Schedule {
    Computed {
        requireNonNull(next, "next");
    }

    @Override
    public Optional<Instant> nextAfter(Instant instant) {
        Instant answer = next.apply(instant);
        if (answer != null && !answer.isAfter(instant)) {
            throw new IllegalStateException("schedule function: " + answer + " (expected: later than " + instant + ")");
        }
        return Optional.ofNullable(answer);
    }

    @Override
    public String describe() {
        return "as the function says";
    }

    @Override
    public String toString() {
        return describe();
    }
}
