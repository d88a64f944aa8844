package io.procmodel.supervise;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Holds the memory of a dyno against the quota of its size: over it is a warning (R14), twice over it is the end (R15).
 *
 * @param quota the quota, in bytes
 * @param used what all processes of the dyno use together, in bytes
 */
record MemoryQuota(long quota, long used) {
    private static final int EVICTION_FACTOR = 2;
    private static final long MEGABYTE = 1024 * 1024;
    private static final double PERCENT = 100.0;

    /** How often the warning is repeated: the interval at which Heroku samples (DYN-59). */
    private static final Duration WARNING_INTERVAL = Duration.ofSeconds(20);

    void judge(Draft draft, Instance instance, Instant now) {
        if (used > quota * EVICTION_FACTOR) {
            draft.say(instance, measured());
            draft.say(instance, "Error R15 (Memory quota vastly exceeded)");
            draft.kill(instance, "Stopping process with SIGKILL", instance.isUp() ? Phase.EVICTED : Phase.OUSTED);
        } else if (used > quota && isWarningDue(instance, now)) {
            draft.say(instance, measured());
            draft.say(instance, "Error R14 (Memory quota exceeded)");
            draft.warn(instance);
        }
    }

    private static boolean isWarningDue(Instance instance, Instant now) {
        return instance.warned() == null
                || !instance.warned().plus(WARNING_INTERVAL).isAfter(now);
    }

    /** {@code Process running mem=870M(170.1%)}, as real lines have it (DYN-56). */
    private String measured() {
        return String.format(Locale.ROOT, "Process running mem=%dM(%.1f%%)", used / MEGABYTE, used * PERCENT / quota);
    }
}
