package io.procmodel.scheduler;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;
import java.util.Optional;

/**
 * How a job is run.
 *
 * @param catchUp what becomes of instants that passed unseen
 * @param overlap what happens when the run before is still going on
 * @param jitter up to how much later than its instant it starts; each job has its own delay, always the same
 * @param timeout after how long a run is stopped; empty for never
 * @param retries how often a failed run is tried again
 * @param retryPause how long after the failure
 * @param onAbandoned what happens to a run whose host died
 * @param runAtStart whether it also runs at once when it is first known to the ledger
 */
public record JobPolicy(
        CatchUp catchUp,
        Overlap overlap,
        Duration jitter,
        Optional<Duration> timeout,
        int retries,
        Duration retryPause,
        OnAbandoned onAbandoned,
        boolean runAtStart) {
    private static final int MOST_RETRIES = 100;

    /**
     * One catch-up, no overlap, no jitter, 24 hours at most (Heroku: one-off dynos live a day), no retry, abandoned runs
     * are reported, and nothing runs when a job is registered, so that a deploy fires nothing.
     */
    public static final JobPolicy DEFAULT = new JobPolicy(
            CatchUp.once(),
            Overlap.SKIP,
            Duration.ZERO,
            Optional.of(Duration.ofHours(24)),
            0,
            Duration.ZERO,
            OnAbandoned.REPORT,
            false);

    /**
     * Checks the bounds.
     *
     * @throws InvalidValueException if a duration is negative, the timeout zero, or the number of retries not 0 to 100
     */
    public JobPolicy {
        requireNonNull(catchUp, "catchUp");
        requireNonNull(overlap, "overlap");
        requireNonNull(onAbandoned, "onAbandoned");
        requireNotNegative("jitter", jitter);
        requireNotNegative("retry pause", retryPause);
        timeout.ifPresent(limit -> {
            if (limit.isNegative() || limit.isZero()) {
                throw new InvalidValueException("timeout", limit.toString(), "more than zero");
            }
        });
        if (retries < 0 || retries > MOST_RETRIES) {
            throw new InvalidValueException("retries", Integer.toString(retries), "0 to " + MOST_RETRIES);
        }
    }

    private static void requireNotNegative(String what, Duration value) {
        if (value.isNegative()) {
            throw new InvalidValueException(what, value.toString(), "not negative");
        }
    }

    JobPolicy withCatchUp(CatchUp other) {
        return new JobPolicy(other, overlap, jitter, timeout, retries, retryPause, onAbandoned, runAtStart);
    }

    JobPolicy withOverlap(Overlap other) {
        return new JobPolicy(catchUp, other, jitter, timeout, retries, retryPause, onAbandoned, runAtStart);
    }

    JobPolicy withJitter(Duration other) {
        return new JobPolicy(catchUp, overlap, other, timeout, retries, retryPause, onAbandoned, runAtStart);
    }

    JobPolicy withTimeout(Optional<Duration> other) {
        return new JobPolicy(catchUp, overlap, jitter, other, retries, retryPause, onAbandoned, runAtStart);
    }

    JobPolicy withRetries(int times, Duration pause) {
        return new JobPolicy(catchUp, overlap, jitter, timeout, times, pause, onAbandoned, runAtStart);
    }

    JobPolicy withOnAbandoned(OnAbandoned other) {
        return new JobPolicy(catchUp, overlap, jitter, timeout, retries, retryPause, other, runAtStart);
    }

    JobPolicy withRunAtStart() {
        return new JobPolicy(catchUp, overlap, jitter, timeout, retries, retryPause, onAbandoned, true);
    }
}
