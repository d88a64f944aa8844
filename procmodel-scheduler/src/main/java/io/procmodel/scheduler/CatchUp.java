package io.procmodel.scheduler;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of instants that passed while no clock ran, or none could reach its ledger.
 *
 * @param limit how many of them are run, the latest ones; the others are recorded as missed
 * @param within how old they may be; if empty, the job's own period and at most 24 hours, or 24 hours if more than one is
 *     run
 */
public record CatchUp(int limit, Optional<Duration> within) {
    private static final Duration DAY = Duration.ofHours(24);
    private static final int MOST = 100;

    /**
     * Checks the bounds.
     *
     * @throws InvalidValueException if {@code limit} is not from 0 to 100, or {@code within} is negative
     */
    public CatchUp {
        if (limit < 0 || limit > MOST) {
            throw new InvalidValueException(
                    "catch-up limit",
                    Integer.toString(limit),
                    "0 to " + MOST + ", so that no clock starts with a storm");
        }
        if (within.isPresent() && within.get().isNegative()) {
            throw new InvalidValueException("catch-up within", within.get().toString(), "not negative");
        }
    }

    /** Missed is missed. */
    public static CatchUp none() {
        return new CatchUp(0, Optional.empty());
    }

    /**
     * The latest missed instant is run, once, if the next one is not due yet and it is at most 24 hours old. The default: a
     * nightly job whose host was down at night runs in the morning, and nothing runs in a storm.
     */
    public static CatchUp once() {
        return new CatchUp(1, Optional.empty());
    }

    /** All of the last 24 hours are run, in order, but no more than the latest 100. */
    public static CatchUp all() {
        return all(MOST);
    }

    /**
     * All of the last 24 hours are run, in order, but no more than the latest {@code limit}.
     *
     * @throws InvalidValueException if {@code limit} is not from 0 to 100
     */
    public static CatchUp all(int limit) {
        return new CatchUp(limit, Optional.empty());
    }

    /**
     * The same for instants that are at most so old.
     *
     * @throws InvalidValueException if {@code age} is negative
     */
    public CatchUp within(Duration age) {
        return new CatchUp(limit, Optional.of(age));
    }

    /** How old an instant may be, given the next one of its schedule. */
    Duration oldest(Instant instant, Optional<Instant> next) {
        if (within.isPresent()) {
            return within.get();
        }
        Duration period = limit > 1
                ? DAY
                : next.map(after -> Duration.between(instant, after)).orElse(DAY);
        return period.compareTo(DAY) > 0 ? DAY : period;
    }

    /** How far back it is worth looking. */
    Duration horizon() {
        return within.filter(age -> age.compareTo(DAY) > 0)
                .map(LongTime::bounded)
                .orElse(DAY);
    }
}
