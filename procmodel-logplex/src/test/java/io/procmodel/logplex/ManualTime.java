package io.procmodel.logplex;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A clock and a scheduler that stand still until a test ticks them; calls back on the test's own thread. */
final class ManualTime extends ScheduledThreadPoolExecutor implements InstantSource {
    static final Instant START = Instant.parse("2026-01-02T03:04:05.678901Z");

    private record Callback(long due, Runnable action) {}

    private final AtomicLong nanos = new AtomicLong();
    private final PriorityQueue<Callback> callbacks = new PriorityQueue<>(Comparator.comparingLong(Callback::due));

    ManualTime() {
        super(0);
    }

    LogplexBuilder builder() {
        return Logplex.builder().clock(this).scheduler(this).ticker(nanos::get);
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get());
    }

    @Override
    @SuppressWarnings("NullAway")
    public @Nullable ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
        synchronized (callbacks) {
            callbacks.add(new Callback(nanos.get() + unit.toNanos(delay), action));
        }
        return null;
    }

    /** Lets time pass, and calls back what has become due, in order. */
    void tick(Duration time) {
        long end = nanos.addAndGet(time.toNanos());
        for (Callback next = due(end); next != null; next = due(end)) {
            next.action().run();
        }
    }

    int scheduled() {
        synchronized (callbacks) {
            return callbacks.size();
        }
    }

    private @Nullable Callback due(long end) {
        synchronized (callbacks) {
            Callback next = callbacks.peek();
            return next != null && next.due() <= end ? callbacks.poll() : null;
        }
    }
}
