package io.procmodel.benchmarks.logplex;

import io.procmodel.log.LogEntry;
import io.procmodel.logplex.LogListener;
import io.procmodel.logplex.LossNotice;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Hears lines that say when they were written, and keeps how long each took; those of the warm-up are only counted. */
final class Delays implements LogListener {
    private static final long PATIENCE_SECONDS = 100;

    private final int warm;
    private final long[] nanos;
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final CountDownLatch warmed = new CountDownLatch(1);
    private final CountDownLatch all = new CountDownLatch(1);

    Delays(int warm, int measured) {
        this.warm = warm;
        this.nanos = new long[measured];
    }

    @Override
    public void line(LogEntry entry) {
        long now = System.nanoTime();
        int number = (int) told.getAndIncrement() - warm;
        if (number >= 0 && number < nanos.length) {
            nanos[number] = now - Long.parseLong(entry.text());
        }
        if (number == 0) {
            warmed.countDown();
        }
        if (number == nanos.length - 1) {
            all.countDown();
        }
    }

    @Override
    public void lost(LossNotice notice) {
        lost.addAndGet(notice.count());
    }

    long told() {
        return told.get();
    }

    long lost() {
        return lost.get();
    }

    void awaitWarm() throws InterruptedException {
        await(warmed);
    }

    void awaitAll() throws InterruptedException {
        await(all);
    }

    /** A percentile of the measured lines; once all have come. */
    double millis(double share) {
        return Figures.millis(nanos, share);
    }

    private void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("lines at the tail: " + told.get() + ", lost: " + lost.get());
        }
    }
}
