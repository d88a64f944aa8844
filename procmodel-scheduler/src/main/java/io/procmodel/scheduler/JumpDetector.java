package io.procmodel.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Compares how far the wall clock and the monotonic one have come since the last look. */
final class JumpDetector {
    /** Slewing a clock and a long collection stay below this. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private Instant lastWall;
    private long lastNanos;

    JumpDetector(Instant wall, long nanos) {
        this.lastWall = wall;
        this.lastNanos = nanos;
    }

    /** How far the wall clock jumped, if it did. */
    Optional<Duration> look(Instant wall, long nanos) {
        Duration ahead = Duration.between(lastWall, wall).minusNanos(nanos - lastNanos);
        lastWall = wall;
        lastNanos = nanos;
        return ahead.abs().compareTo(TOLERANCE) > 0 ? Optional.of(ahead) : Optional.empty();
    }
}
