package io.procmodel.policy;

import io.procmodel.dyno.Exit;
import io.procmodel.error.InvalidValueException;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether and when a crashed dyno is started again. Pure: the same crash always gets the same answer. Implementations are
 * immutable.
 */
public interface RestartPolicy {
    /**
     * A crash to decide about.
     *
     * @param inARow how often the dyno has crashed in a row, from 1
     * @param exit how it ended
     * @param spread from 0 to 1, the same for the same dyno and count: what spreads restarts in time
     */
    record Crash(int inARow, Exit exit, double spread) {}

    /** How long to wait before the next start; empty to leave the dyno down until a release or a restart by hand. */
    Optional<Duration> pauseAfter(Crash crash);

    /** How long a dyno must have been up for its crash to count as the first of a row again. */
    Duration resetAfter();

    /**
     * Heroku's: at once, then cool-offs of up to 20, 40, 60, 180 and 320 minutes (Heroku: DYN-21), of which each dyno gets
     * three quarters to all. A dyno that was up for 10 minutes crashes for the first time again (DYN-20).
     */
    static RestartPolicy heroku() {
        return new HerokuRestarts();
    }

    /** Crashed dynos stay down. */
    static RestartPolicy never() {
        return new LimitedRestarts(heroku(), true);
    }

    /** Like {@code other}, but a dyno that ended with status 0 has done its work and stays down. */
    static RestartPolicy onFailure(RestartPolicy other) {
        return new LimitedRestarts(other, false);
    }

    /**
     * At once, then {@code first}, and each further pause {@code factor} times as long, up to {@code max}.
     *
     * @param first the pause before the second restart in a row, not negative
     * @param factor at least 1
     * @param max the longest pause, at least {@code first}
     * @param jitter from 0 to 1: which part of each pause is drawn per dyno
     * @param resetAfter how long up makes a crash the first one again
     * @throws InvalidValueException if a value is out of its range
     */
    static RestartPolicy exponential(Duration first, double factor, Duration max, double jitter, Duration resetAfter) {
        return new ExponentialRestarts(first, factor, max, jitter, resetAfter);
    }
}
