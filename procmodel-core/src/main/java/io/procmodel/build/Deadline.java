package io.procmodel.build;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The instant, on a clock that nobody can set, at which a build must be through. */
final class Deadline {
    private final Duration limit;
    private final LongSupplier nanoClock;
    private final long end;

    Deadline(Duration limit, LongSupplier nanoClock) {
        this.limit = limit;
        this.nanoClock = nanoClock;
        end = nanoClock.getAsLong() + limit.toNanos();
    }

    /** Why a build failed that did not meet it, in the words of BLD-5. */
    String overrun() {
        return "timed out; must complete in " + limit.toSeconds() + " seconds";
    }

    /** The time left; zero when it is over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - nanoClock.getAsLong()));
    }
}
