package io.procmodel.logplex;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a drain is doing.
 *
 * @param health whether it works
 * @param failures attempts that failed since the last success
 * @param failingSince when the first of them was
 * @param lastError what went wrong last, even if it works again; it shows no credentials
 * @param lagLines lines that the peer does not have yet
 * @param lag how old the oldest of them is that is on its way
 */
public record DrainStatus(
        Health health,
        int failures,
        Optional<Instant> failingSince,
        Optional<String> lastError,
        long lagLines,
        Duration lag) {
    /** Whether a drain works. */
    public enum Health {
        /** The last attempt succeeded, or there was none yet. */
        UP,
        /** The last attempt failed; there will be others. */
        RETRYING,
        /** It has failed for more than five minutes; there will be others. */
        DEGRADED,
        /** It was removed, or the logplex is closed. */
        REMOVED
    }
}
