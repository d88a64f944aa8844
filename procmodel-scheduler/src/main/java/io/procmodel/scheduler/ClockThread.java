package io.procmodel.scheduler;

import io.procmodel.scheduler.ledger.Outcome;
import io.procmodel.thread.NamedThreads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that steps an engine, and sleeps in between. */
final class ClockThread {
    private static final Logger LOG = LoggerFactory.getLogger(ClockThread.class);
    private static final Duration AFTER_ERROR = Duration.ofMillis(500);

    private final ClockEngine engine;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CountDownLatch idle = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean woken;
    private boolean stopped;

    ClockThread(ClockEngine engine, String name) {
        this.engine = engine;
        this.thread = new NamedThreads(name).newThread(this::run);
        engine.onPost(this::wake);
    }

    void start() {
        thread.start();
    }

    /** Has work done on the clock thread soon; false if that has ended, so that perhaps nobody does it. */
    boolean post(Runnable work) {
        engine.post(work);
        return !isStopped();
    }

    private void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!isStopped()) {
                Duration nap = stepLogged();
                if (engine.isFinished()) {
                    idle.countDown();
                }
                sleep(nap);
            }
        } catch (InterruptedException e) {
            LOG.debug("the clock thread was interrupted");
        } finally {
            end();
        }
    }

    private void end() {
        try {
            engine.end();
        } catch (RuntimeException | Error e) {
            LOG.error("the clock failed at its end", e);
        } finally {
            ended.countDown();
        }
    }

    private Duration stepLogged() {
        try {
            return engine.step();
        } catch (RuntimeException | Error e) {
            LOG.error("the clock failed", e);
            return AFTER_ERROR;
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private void sleep(Duration nap) throws InterruptedException {
        lock.lock();
        try {
            long nanos = nap.toNanos();
            while (nanos > 0 && !woken && !stopped) {
                nanos = changed.awaitNanos(nanos);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    /** Lets what runs end by itself for a while, then stops it, and gives the lease back when nothing runs any more. */
    void close(Duration patience, Duration grace) {
        post(engine::startClosing);
        try {
            if (!idle.await(LongTime.bounded(patience).toNanos(), TimeUnit.NANOSECONDS)) {
                post(() -> engine.runs().stopAll(Outcome.CANCELLED));
                if (!idle.await(grace.toNanos(), TimeUnit.NANOSECONDS)) {
                    LOG.warn("a run goes on although it was stopped {} ago", grace);
                }
            }
            stop();
            ended.await(grace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }

    private void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
