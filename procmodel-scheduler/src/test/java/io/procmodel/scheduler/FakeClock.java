package io.procmodel.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The two clocks of a host, which a test ticks, together or apart. */
final class FakeClock implements InstantSource {
    private Instant wall;
    private long nanos = 1_000_000_007L;

    FakeClock(Instant wall) {
        this.wall = wall;
    }

    @Override
    public Instant instant() {
        return wall;
    }

    long nanoTime() {
        return nanos;
    }

    /** Time passes. */
    void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    /** Somebody sets the wall clock, or the machine wakes from a suspend that the monotonic clock did not see. */
    void jump(Duration by) {
        wall = wall.plus(by);
    }
}
