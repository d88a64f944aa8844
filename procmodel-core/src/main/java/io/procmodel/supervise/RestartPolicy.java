package io.procmodel.supervise;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;

/**
 * How long a crashed dyno waits before it is started again. Pure: the same count always gives the same pause.
 *
 * <p>Heroku's own scheme is: at once, then growing cool-offs (DYN-21). The default here keeps that shape with pauses that
 * suit a host that is watched: at once, then {@value #FIRST_SECONDS} s doubling up to {@value #LONGEST_MINUTES} minutes.
 *
 * @param first the pause before the second restart in a row; each further one is twice as long
 * @param longest the longest pause
 * @param resetAfter how long a dyno must have been up for its crash to count as a first one
 */
public record RestartPolicy(Duration first, Duration longest, Duration resetAfter) {
    private static final int FIRST_SECONDS = 1;
    private static final int LONGEST_MINUTES = 5;
    private static final int MOST_DOUBLINGS = 30;

    /** The default: at once, then 1 s doubling up to 5 minutes, forgotten after 60 s up. */
    public static final RestartPolicy DEFAULT = new RestartPolicy(
            Duration.ofSeconds(FIRST_SECONDS), Duration.ofMinutes(LONGEST_MINUTES), Duration.ofMinutes(1));

    /**
     * Checks the durations.
     *
     * @throws InvalidValueException if one is negative or {@code longest} is shorter than {@code first}
     */
    public RestartPolicy {
        requireNotNegative("first pause", first);
        requireNotNegative("reset time", resetAfter);
        if (longest.compareTo(first) < 0) {
            throw new InvalidValueException("longest pause", longest.toString(), "at least the first, " + first);
        }
    }

    private static void requireNotNegative(String what, Duration value) {
        if (value.isNegative()) {
            throw new InvalidValueException(what, value.toString(), "zero or more");
        }
    }

    /**
     * The pause after the given crash.
     *
     * @param crashes how often the dyno has crashed in a row, from 1
     */
    public Duration pauseAfter(int crashes) {
        if (crashes <= 1) {
            return Duration.ZERO;
        }
        Duration pause = first.multipliedBy(1L << Math.min(crashes - 2, MOST_DOUBLINGS));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
