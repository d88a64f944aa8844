package io.procmodel.policy;

import java.time.Duration;
import java.util.Optional;

/** The cool-offs of DYN-21. */
record HerokuRestarts() implements RestartPolicy {
    private static final int[] COOL_OFF_MINUTES = {0, 20, 40, 60, 180, 320};
    private static final Duration BOOT_CRASH = Duration.ofMinutes(10);
    private static final double LEAST = 0.75;

    @Override
    public Optional<Duration> pauseAfter(Crash crash) {
        int minutes = COOL_OFF_MINUTES[Math.min(crash.inARow(), COOL_OFF_MINUTES.length) - 1];
        double part = LEAST + (1 - LEAST) * crash.spread();
        return Optional.of(Duration.ofMillis((long) (Duration.ofMinutes(minutes).toMillis() * part)));
    }

    @Override
    public Duration resetAfter() {
        return BOOT_CRASH;
    }
}
