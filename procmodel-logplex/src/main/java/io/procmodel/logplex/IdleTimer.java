package io.procmodel.logplex;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls back after a while, for all sources of a logplex together: on the host's scheduler, or on one daemon thread
 * that starts with the first call. Thread-safe.
 */
final class IdleTimer implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 2_000;

    private final @Nullable ScheduledExecutorService hosts;
    private final LongSupplier ticker;
    private @Nullable ScheduledThreadPoolExecutor own;
    private @Nullable Thread thread;
    private boolean closed;

    IdleTimer(@Nullable ScheduledExecutorService hosts, LongSupplier ticker) {
        this.hosts = hosts;
        this.ticker = ticker;
    }

    /** Nanoseconds since some fixed instant. */
    long now() {
        return ticker.getAsLong();
    }

    /** Calls back once; not at all when it or the host's scheduler is closed before. */
    void schedule(Runnable action, long delayNanos) {
        try {
            ScheduledExecutorService executor = executor();
            if (executor != null) {
                Future<?> unused = executor.schedule(action, delayNanos, TimeUnit.NANOSECONDS);
            }
        } catch (RejectedExecutionException e) {
            // Shut down meanwhile: an unfinished line is then shown when its source is closed.
            return;
        }
    }

    /** Ends the thread, if it was started, and waits for its end; the host's scheduler stays. */
    @Override
    public void close() {
        Thread ending;
        synchronized (this) {
            closed = true;
            if (own != null) {
                own.shutdownNow();
            }
            ending = thread;
        }
        if (ending != null && ending != Thread.currentThread()) {
            join(ending);
        }
    }

    private static void join(Thread ending) {
        try {
            ending.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable ScheduledExecutorService executor() {
        if (closed || hosts != null) {
            return closed ? null : hosts;
        }
        if (own == null) {
            own = new ScheduledThreadPoolExecutor(1, this::newThread);
        }
        return own;
    }

    private synchronized Thread newThread(Runnable work) {
        Thread started = new Thread(work, "procmodel-logplex-timer");
        started.setDaemon(true);
        thread = started;
        return started;
    }
}
