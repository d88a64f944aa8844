package io.procmodel;

import io.procmodel.error.InvalidValueException;
import io.procmodel.formation.Formation;
import io.procmodel.lease.Lease;
import java.time.Duration;

/** What a singleton must keep to. */
final class SingletonRules {
    /** What a lease must last longer than a stop takes, to be renewed in peace. */
    private static final Duration SLACK = Duration.ofMillis(1500);

    private static final int RENEWALS = 4;

    private SingletonRules() {}

    /**
     * A holder that loses touch has to notice, stop its dyno and kill it, before others see the lease expire.
     *
     * @throws InvalidValueException if the lease is too short for that
     */
    static void requireLongEnough(String type, Lease lease, Duration grace) {
        lease.ttl().ifPresent(ttl -> {
            if (spare(ttl, grace).compareTo(SLACK) < 0) {
                Duration least = grace.plus(SLACK).multipliedBy(6).dividedBy(5);
                throw new InvalidValueException(
                        "time to live of " + lease,
                        ttl.toString(),
                        "at least " + least + ", because stopping a dyno of " + type + " may take " + grace
                                + " and must be over before others see the lease expire");
            }
        });
    }

    /** What is left of the time for which the holder counts on the lease, after a stop. */
    private static Duration spare(Duration ttl, Duration grace) {
        return ttl.minus(ttl.dividedBy(6)).minus(grace);
    }

    /** So often that three renewals may fail. */
    static Duration renewEvery(Lease lease, Duration grace) {
        return lease.ttl().map(ttl -> spare(ttl, grace).dividedBy(RENEWALS)).orElse(Duration.ofSeconds(1));
    }

    /**
     * Two dynos of a singleton never live at once.
     *
     * @throws InvalidValueException if a formation has more than one
     */
    static void requireOne(String type, Formation formation) {
        int quantity = formation.quantity(type);
        if (quantity > 1) {
            throw new InvalidValueException(
                    "formation",
                    type + "=" + quantity,
                    "at most " + type + "=1, because " + type + " is a singleton: two of it never run at once");
        }
    }
}
