package io.procmodel.policy;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;

/**
 * How the dynos of one process type are kept and stopped.
 *
 * @param restarts whether and when a crashed dyno is started again
 * @param stopSignal the first signal of a stop
 * @param stopGrace how long a dyno may take to end after it (Heroku: 30 s, DYN-47)
 * @param readiness what a web dyno has to show before it is up (Heroku: an open port, DYN-7)
 */
public record TypePolicy(RestartPolicy restarts, StopSignal stopSignal, Duration stopGrace, Readiness readiness) {
    /** Heroku's. */
    public static final TypePolicy HEROKU =
            new TypePolicy(RestartPolicy.heroku(), StopSignal.TERM, Duration.ofSeconds(30), Readiness.PORT);

    /**
     * Checks the grace.
     *
     * @throws InvalidValueException if it is not more than zero
     */
    public TypePolicy {
        requireNonNull(restarts, "restarts");
        requireNonNull(stopSignal, "stopSignal");
        requireNonNull(readiness, "readiness");
        if (stopGrace.isNegative() || stopGrace.isZero()) {
            throw new InvalidValueException("stop grace", stopGrace.toString(), "more than zero");
        }
    }

    /** With another restart policy. */
    public TypePolicy restarts(RestartPolicy other) {
        return new TypePolicy(other, stopSignal, stopGrace, readiness);
    }

    /** With another first signal. */
    public TypePolicy stopSignal(StopSignal other) {
        return new TypePolicy(restarts, other, stopGrace, readiness);
    }

    /** With another grace. */
    public TypePolicy stopGrace(Duration other) {
        return new TypePolicy(restarts, stopSignal, other, readiness);
    }

    /** With another proof that a web dyno is ready; only the type {@code web} is asked for it. */
    public TypePolicy readiness(Readiness other) {
        return new TypePolicy(restarts, stopSignal, stopGrace, other);
    }
}
