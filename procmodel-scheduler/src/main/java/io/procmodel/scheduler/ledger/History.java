package io.procmodel.scheduler.ledger;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;

/**
 * How much a ledger keeps. What is forgotten cannot be claimed again.
 *
 * @param runs how many ended runs of a job, at most
 * @param age for how long, at most
 */
public record History(int runs, Duration age) {
    /** 50 runs of each job and 30 days: enough to see what went wrong, and bounded. */
    public static final History DEFAULT = new History(50, Duration.ofDays(30));

    /**
     * Checks the bounds.
     *
     * @throws InvalidValueException if there are none
     */
    public History {
        if (runs < 1) {
            throw new InvalidValueException("history runs", Integer.toString(runs), "at least 1");
        }
        if (age.isNegative() || age.isZero()) {
            throw new InvalidValueException("history age", age.toString(), "more than zero");
        }
    }
}
