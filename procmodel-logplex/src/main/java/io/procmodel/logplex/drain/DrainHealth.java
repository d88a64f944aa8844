package io.procmodel.logplex.drain;

import java.time.Instant;
import java.util.Optional;

/**
 * How a drain is doing.
 *
 * @param failures failed attempts since the last success
 * @param failingSince when the first of them was
 * @param lastError what went wrong last, also after it works again; never a credential
 * @param oldestPending the time of the oldest line on its way
 */
public record DrainHealth(
        int failures, Optional<Instant> failingSince, Optional<String> lastError, Optional<Instant> oldestPending) {}
