package io.procmodel.router.report;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a router did. Thread-safe. */
public final class Tally {
    private final AtomicInteger clients = new AtomicInteger();
    private final LongAdder requests = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private final Map<HCode, LongAdder> codes = new EnumMap<>(HCode.class);
    private volatile boolean closing;

    /** Creates counters that stand at zero. */
    public Tally() {
        for (HCode code : HCode.values()) {
            codes.put(code, new LongAdder());
        }
    }

    /** A client connection was opened; returns how many there are. */
    public int clientCame() {
        return clients.incrementAndGet();
    }

    /** A client connection was closed. */
    public void clientLeft() {
        clients.decrementAndGet();
    }

    /** How many client connections there are. */
    public int clients() {
        return clients.get();
    }

    /** A request of an app has ended with a status from its dyno. */
    public void served() {
        requests.increment();
    }

    /** A request of an app has failed. */
    public void failed(HCode code) {
        requests.increment();
        codes.getOrDefault(code, faults).increment();
    }

    /** A request was refused before it was known which app it was for. */
    public void refused() {
        refused.increment();
    }

    /** Something was thrown where nothing should be. */
    public void fault() {
        faults.increment();
    }

    /** The router is about to close: clients are not kept. */
    public void startClosing() {
        closing = true;
    }

    /** Whether the router is about to close. */
    public boolean isClosing() {
        return closing;
    }

    /** How many requests of apps have ended. */
    public long requests() {
        return requests.sum();
    }

    /** How many requests were refused before it was known which app they were for. */
    public long refusals() {
        return refused.sum();
    }

    /** How many faults of the router itself there were. */
    public long faults() {
        return faults.sum();
    }

    /** How many requests failed, by code; only codes that occurred. */
    public Map<String, Long> failures() {
        Map<String, Long> failures = new TreeMap<>();
        codes.forEach((code, count) -> {
            if (count.sum() > 0) {
                failures.put(code.name(), count.sum());
            }
        });
        return failures;
    }
}
