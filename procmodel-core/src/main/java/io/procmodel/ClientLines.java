package io.procmodel;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The lines to those who are attached to one-off dynos. One over which nothing has gone for too long is cut (Heroku: DYN-64);
 * the time counts from when the dyno runs. Confined to the control thread.
 */
final class ClientLines {
    private final Duration limit;
    private final Map<Long, ClientLine> waiting = new HashMap<>();
    private final Map<Long, ClientLine> open = new HashMap<>();

    ClientLines(Duration limit) {
        this.limit = limit;
    }

    void add(long instance, ClientLine line) {
        waiting.put(instance, line);
    }

    void started(long instance) {
        ClientLine line = waiting.remove(instance);
        if (line != null) {
            line.used();
            open.put(instance, line);
        }
    }

    void ended(long instance) {
        waiting.remove(instance);
        open.remove(instance);
    }

    void cutIdle(Instant now) {
        open.values().removeIf(line -> {
            boolean idle = !line.unusedAt(limit).isAfter(now);
            if (idle) {
                line.cut();
            }
            return idle || line.isCut();
        });
    }

    /** When to look next; empty when nobody is attached. */
    Optional<Instant> due() {
        return open.values().stream().map(line -> line.unusedAt(limit)).min(Instant::compareTo);
    }
}
