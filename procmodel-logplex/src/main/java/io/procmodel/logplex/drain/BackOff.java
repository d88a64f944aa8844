package io.procmodel.logplex.drain;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: anything up to 100 ms, doubled with each failure up to 60 s. The whole range is
 * random, so that drains which failed together do not come back together. Not thread-safe.
 */
public final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final RandomGenerator random;
    private int failures;

    /** Creates a back-off without failures. */
    public BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** How often it has failed since the last success. */
    public int failures() {
        return failures;
    }

    /** Notes a failure and tells how long to wait. */
    public Duration failed() {
        failures++;
        return Duration.ofNanos(1 + random.nextLong(ceiling().toNanos()));
    }

    /** The longest wait after as many failures as there were. */
    public Duration ceiling() {
        long doubled = failures > 10 ? LONGEST.toMillis() : FIRST.toMillis() << Math.max(0, failures - 1);
        return Duration.ofMillis(Math.min(doubled, LONGEST.toMillis()));
    }

    /** Notes a success. */
    public void succeeded() {
        failures = 0;
    }
}
