package io.procmodel.logplex;

import io.procmodel.logplex.drain.DrainEngine;
import io.procmodel.logplex.drain.DrainHealth;
import io.procmodel.logplex.drain.DrainTarget;
import io.procmodel.logplex.ring.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Sends an app's lines to a place outside, in order, each at least once or counted. It has a thread and a place in the
 * stream of its own, so that however it fails nobody else notices. Thread-safe.
 */
public final class Drain {
    private static final Duration DEGRADED_AFTER = Duration.ofMinutes(5);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String token;
    private final String uri;
    private final Cursor cursor;
    private final DrainEngine engine;
    private final DrainTarget target;
    private final DrainReports reports;
    private final InstantSource clock;
    private final LongConsumer onProgress;
    private final Consumer<Drain> onEnd;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private boolean hurry;
    private boolean finishing;
    private boolean ended;
    private volatile boolean removed;

    Drain(
            String threadName,
            String token,
            String uri,
            Cursor cursor,
            DrainEngine engine,
            DrainTarget target,
            DrainReports reports,
            InstantSource clock,
            LongConsumer onProgress,
            Consumer<Drain> onEnd) {
        this.token = token;
        this.uri = uri;
        this.cursor = cursor;
        this.engine = engine;
        this.target = target;
        this.reports = reports;
        this.clock = clock;
        this.onProgress = onProgress;
        this.onEnd = onEnd;
        this.thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Its name for ever: {@code d.} and a UUID (Heroku: LOG-25). */
    public String token() {
        return token;
    }

    /** Where it goes, without user, password and query. */
    public String uri() {
        return uri;
    }

    /** How it is doing. */
    public DrainStatus status() {
        DrainHealth health = engine.health();
        Instant now = clock.instant();
        return new DrainStatus(
                healthAt(health, now),
                health.failures(),
                health.failingSince(),
                health.lastError(),
                cursor.counts().pending(),
                health.oldestPending()
                        .map(oldest -> Duration.between(oldest, now))
                        .filter(lag -> !lag.isNegative())
                        .orElse(Duration.ZERO));
    }

    /** The accounts at this instant, or those of its end. */
    public SinkStats stats() {
        return SinkStats.of(cursor.counts());
    }

    /**
     * Waits until every line that has come so far is delivered or counted as lost, and tries at once what failed before.
     *
     * @throws DrainException if that takes longer; it says what is left and what went wrong
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void flush(Duration timeout) throws InterruptedException {
        long wanted = cursor.counts().offered();
        long left = timeout.toNanos();
        hurry();
        lock.lockInterruptibly();
        try {
            while (wanted > done()) {
                if (left <= 0 || ended) {
                    throw new DrainException("drain " + uri + " still has " + (wanted - done()) + " lines after "
                            + timeout + " (expected: all delivered); last error: "
                            + engine.health().lastError().orElse("none"));
                }
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the drain; what it has not sent stays unsent. Waits at most about two seconds. A second call does nothing. */
    public void remove() {
        end();
        join(PATIENCE);
    }

    /** Lets the drain of a closed channel send what there is. */
    void finish() {
        lock.lock();
        try {
            finishing = true;
        } finally {
            lock.unlock();
        }
        hurry();
    }

    /** Ends the drain without waiting for it. */
    void end() {
        removed = true;
        cursor.close();
        wake();
        target.abort();
    }

    void join(Duration patience) {
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(Math.max(1, patience.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DrainStatus.Health healthAt(DrainHealth health, Instant now) {
        if (removed) {
            return DrainStatus.Health.REMOVED;
        }
        if (health.failingSince().isEmpty()) {
            return DrainStatus.Health.UP;
        }
        boolean long_ = health.failingSince()
                .filter(since -> Duration.between(since, now).compareTo(DEGRADED_AFTER) > 0)
                .isPresent();
        return long_ ? DrainStatus.Health.DEGRADED : DrainStatus.Health.RETRYING;
    }

    private long done() {
        SinkStats stats = stats();
        return stats.delivered() + stats.filtered() + stats.dropped();
    }

    private void hurry() {
        lock.lock();
        try {
            hurry = true;
        } finally {
            lock.unlock();
        }
        wake();
    }

    private void wake() {
        cursor.wake();
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            boolean more = true;
            while (more && !removed) {
                more = step();
            }
        } finally {
            target.close();
            cursor.close();
            lock.lock();
            try {
                ended = true;
                removed = true;
                moved.signalAll();
            } finally {
                lock.unlock();
            }
            onEnd.accept(this);
        }
    }

    /** One step and the wait after it; false at the end. */
    private boolean step() {
        try {
            if (takeHurry()) {
                engine.hurry();
            }
            long wait = engine.step();
            reports.tick();
            onProgress.accept(engine.position());
            return wait == 0 ? progressed() : await(wait);
        } catch (InterruptedException e) {
            // Left over by a target; who ends the drain says so beside.
            return true;
        }
    }

    private boolean progressed() {
        lock.lock();
        try {
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        return true;
    }

    private boolean await(long wait) throws InterruptedException {
        if (engine.isRetrying()) {
            pause(wait);
            return true;
        }
        progressed();
        if (wait == DrainEngine.NOTHING_TO_DO && isFinishing()) {
            return false;
        }
        if (!cursor.await(Math.min(wait, IDLE_NANOS))) {
            engine.idle();
        }
        return true;
    }

    private void pause(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (left > 0 && !hurry && !removed) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean takeHurry() {
        lock.lock();
        try {
            boolean was = hurry;
            hurry = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFinishing() {
        lock.lock();
        try {
            return finishing;
        } finally {
            lock.unlock();
        }
    }
}
