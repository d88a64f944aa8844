package io.procmodel.policy;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;

/**
 * Whether an app without requests is put to sleep. Only an app with exactly one web dyno ever sleeps (Heroku: DYN-83); the
 * next request, or {@code app.wake()}, wakes it. Immutable.
 *
 * @param idle how long an app must have had no request in flight and no open tunnel; zero means that it never sleeps
 * @param workersToo whether the dynos of the other types sleep with the web dyno (Heroku: DYN-85)
 */
public record SleepPolicy(Duration idle, boolean workersToo) {
    /** Never: the default. */
    public static final SleepPolicy NEVER = new SleepPolicy(Duration.ZERO, false);

    /** The founding rule: after one hour, while the workers stay up (Heroku until 2015: DYN-83). */
    public static final SleepPolicy CLASSIC = new SleepPolicy(Duration.ofHours(1), false);

    /** Today's rule for Eco dynos: after 30 minutes, and the workers sleep too (Heroku: DYN-85). */
    public static final SleepPolicy ECO = new SleepPolicy(Duration.ofMinutes(30), true);

    /**
     * Checks the time.
     *
     * @throws InvalidValueException if it is negative
     */
    public SleepPolicy {
        if (idle.isNegative()) {
            throw new InvalidValueException("idle time before sleep", idle.toString(), "zero or more");
        }
    }

    /**
     * Sleep after that time without a request; workers stay up.
     *
     * @throws InvalidValueException if the time is not more than zero
     */
    public static SleepPolicy afterIdle(Duration idle) {
        if (idle.isZero()) {
            throw new InvalidValueException("idle time before sleep", idle.toString(), "more than zero");
        }
        return new SleepPolicy(idle, false);
    }

    /** The same, but the dynos of the other types sleep with the web dyno. */
    public SleepPolicy andWorkers() {
        return new SleepPolicy(idle, true);
    }

    /** Whether the app ever sleeps. */
    public boolean sleeps() {
        return !idle.isZero();
    }
}
