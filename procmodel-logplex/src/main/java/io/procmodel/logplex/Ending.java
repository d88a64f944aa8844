package io.procmodel.logplex;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The readers of a closed channel, which still tell what there is. */
record Ending(Set<Tail> tails, List<Drain> drains) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LAST_PATIENCE = Duration.ofMillis(500);

    /** Waits for all of them, for drains at most two seconds; then they are ended. */
    static void await(Collection<Ending> endings) {
        List<Tail> tails = new ArrayList<>();
        List<Drain> drains = new ArrayList<>();
        for (Ending ending : endings) {
            tails.addAll(ending.tails());
            drains.addAll(ending.drains());
        }
        join(drains, PATIENCE);
        drains.forEach(Drain::end);
        join(drains, LAST_PATIENCE);
        Tail.finish(tails);
    }

    private static void join(List<Drain> drains, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Drain drain : drains) {
            drain.join(Duration.ofNanos(deadline - System.nanoTime()));
        }
    }
}
