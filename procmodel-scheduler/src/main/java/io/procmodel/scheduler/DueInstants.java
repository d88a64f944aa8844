package io.procmodel.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instants of a schedule that have come, and what the catch-up policy makes of each. Pure.
 *
 * @param toRun the ones to run, oldest first
 * @param missed how many are let go; as many as were counted, if they are very many
 * @param firstMissed the first that is let go, or null
 * @param lastMissed the last that is let go, or null
 * @param next the first one that has not come yet
 */
record DueInstants(
        List<Instant> toRun,
        long missed,
        @Nullable Instant firstMissed,
        @Nullable Instant lastMissed,
        Optional<Instant> next) {
    /** Later than this is not "on time" any more: collectors and busy machines are forgiven so much. */
    static final Duration ON_TIME = Duration.ofSeconds(5);

    private static final int MOST_STEPS = 100_000;

    /**
     * Looks at all instants from {@code planned}, which has come, up to {@code now}. A schedule so dense that an outage
     * holds more than 100,000 of them is counted up to that many and then looked at from the horizon of the policy, so
     * that no clock is ever stuck in the past.
     */
    static DueInstants upTo(Instant now, Schedule schedule, Instant planned, CatchUp policy) {
        int keep = Math.max(1, policy.limit());
        Deque<Instant> latest = new ArrayDeque<>();
        long missed = 0;
        Instant lastDropped = null;
        Optional<Instant> next = Optional.of(planned);
        for (int steps = 0; next.isPresent() && !next.get().isAfter(now); steps++) {
            latest.addLast(next.get());
            if (latest.size() > keep) {
                lastDropped = latest.removeFirst();
                missed++;
            }
            Instant from = next.get();
            if (steps == MOST_STEPS) {
                Instant horizon = now.minus(policy.horizon());
                from = from.isAfter(horizon) ? from : horizon;
            }
            next = schedule.nextAfter(from);
        }
        return select(now, planned, policy, latest, missed, lastDropped, next);
    }

    private static DueInstants select(
            Instant now,
            Instant planned,
            CatchUp policy,
            Deque<Instant> latest,
            long dropped,
            @Nullable Instant lastDropped,
            Optional<Instant> next) {
        List<Instant> toRun = new ArrayList<>(latest.size());
        long missed = dropped;
        Instant lastMissed = lastDropped;
        while (!latest.isEmpty()) {
            Instant instant = latest.removeFirst();
            Duration age = Duration.between(instant, now);
            boolean inTime = latest.isEmpty() && age.compareTo(ON_TIME) <= 0;
            Optional<Instant> after = latest.isEmpty() ? next : Optional.of(latest.getFirst());
            boolean caughtUp = policy.limit() > 0 && age.compareTo(policy.oldest(instant, after)) <= 0;
            if (inTime || caughtUp) {
                toRun.add(instant);
            } else {
                missed++;
                lastMissed = instant;
            }
        }
        return new DueInstants(toRun, missed, missed == 0 ? null : planned, lastMissed, next);
    }

    /** Whether an instant that is run now is run as scheduled. */
    static boolean isOnTime(Instant instant, Instant now) {
        return Duration.between(instant, now).compareTo(ON_TIME) <= 0;
    }
}
