package io.procmodel.router.table;

import io.procmodel.traffic.WebDyno;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** One life of a web dyno that takes, or took, requests. Thread-safe. */
public final class Backend {
    private final long instance;
    private final String name;
    private final InetSocketAddress address;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicReference<Runnable> drained = new AtomicReference<>();
    private volatile boolean retired;
    private volatile long quarantinedUntil;
    private volatile boolean quarantined;

    Backend(WebDyno dyno, URI uri) {
        this.instance = dyno.instance();
        this.name = dyno.name().toString();
        this.address = new InetSocketAddress(uri.getHost(), uri.getPort());
    }

    /** The dyno's instance. */
    public long instance() {
        return instance;
    }

    /** The dyno's name. */
    public String name() {
        return name;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** Whether it takes no more requests. */
    public boolean isRetired() {
        return retired;
    }

    boolean isQuarantined() {
        return quarantined && System.nanoTime() - quarantinedUntil < 0;
    }

    /** Leaves it alone for a while: it could not be connected to (Heroku: RTR-8). */
    public void quarantine(Duration time) {
        quarantinedUntil = System.nanoTime() + time.toNanos();
        quarantined = true;
    }

    boolean isBusy() {
        return inFlight.get() > 0;
    }

    boolean isFull(int limit) {
        return inFlight.get() >= limit;
    }

    /** Takes a place for one request; false if there is none. */
    boolean acquire(int limit) {
        if (inFlight.incrementAndGet() > limit || retired) {
            release();
            return false;
        }
        return true;
    }

    /** Gives the place back. */
    public void release() {
        if (inFlight.decrementAndGet() == 0 && retired) {
            runDrained();
        }
    }

    void retire() {
        retired = true;
    }

    /** Runs {@code whenDrained} once, when no request is in flight; it has been retired before. */
    void drain(Runnable whenDrained) {
        drained.set(whenDrained);
        if (inFlight.get() == 0) {
            runDrained();
        }
    }

    private void runDrained() {
        Runnable action = drained.getAndSet(null);
        if (action != null) {
            action.run();
        }
    }
}
