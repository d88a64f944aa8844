package io.procmodel.runtime.local;

import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats a check on a thread of its own, from the moment when the port is open. Thread-safe. */
final class RepeatedCheck implements ReadinessWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedCheck.class);
    private static final long SHORTEST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    /** Checked again after that part of the time that it has taken so far. */
    private static final long PART_OF_WAIT = 10;

    private static final long END_MILLIS = 10_000;

    private final ReadinessCheck check;
    private final ThreadFactory threads;
    private @Nullable Thread thread;
    private boolean cancelled;

    RepeatedCheck(ReadinessCheck check, ThreadFactory threads) {
        this.check = check;
        this.threads = threads;
    }

    @Override
    public synchronized void portOpened(Runnable onReady) {
        if (!cancelled) {
            thread = threads.newThread(() -> repeat(onReady));
            thread.start();
        }
    }

    private void repeat(Runnable onReady) {
        try (check) {
            long start = System.nanoTime();
            while (!passes()) {
                long part = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / PART_OF_WAIT;
                Thread.sleep(Math.max(SHORTEST_PAUSE_MILLIS, Math.min(part, LONGEST_PAUSE_MILLIS)));
            }
        } catch (InterruptedException e) {
            LOG.debug("cancelled");
            return;
        }
        if (!isCancelled()) {
            onReady.run();
        }
    }

    private boolean passes() throws InterruptedException {
        if (isCancelled()) {
            boolean unused = Thread.interrupted();
            throw new InterruptedException("cancelled");
        }
        try {
            return check.passes();
        } catch (IOException | RuntimeException e) {
            LOG.debug("not ready", e);
            return false;
        }
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void cancel() {
        Thread running;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            running = thread;
        }
        if (running != null) {
            check.abort();
            running.interrupt();
        }
    }

    @Override
    public void awaitEnd() {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        try {
            if (running != null) {
                running.join(END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
