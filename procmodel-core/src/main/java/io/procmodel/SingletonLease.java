package io.procmodel;

import io.procmodel.lease.Lease;
import io.procmodel.lease.LeaseKeeper;
import io.procmodel.lease.LeaseUnavailableException;
import io.procmodel.name.AppName;
import io.procmodel.thread.NamedThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the lease of one singleton on a thread of its own, and tells supervision whether it is held. It counts as lost so
 * early that a stop with its whole grace, and SIGKILL, is over before others see it expire; a timer sees to that even
 * while the store does not answer. It is given back when the formation wants no dyno, and none is left.
 */
final class SingletonLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SingletonLease.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final long CLOSE_SECONDS = 5;

    /** A lease that ends with its holder's process is free a moment before the watchdog has killed the dyno. */
    private static final Duration AFTER_A_KILL = Duration.ofMillis(500);

    private final String type;
    private final DynoManager manager;
    private final LeaseKeeper keeper;
    private final Duration grace;
    private final Duration settle;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private @Nullable ScheduledFuture<?> loss;
    private boolean granted;
    private boolean closed;

    SingletonLease(AppName app, String type, Lease lease, Duration grace, DynoManager manager, InstantSource clock) {
        this.type = type;
        this.manager = manager;
        this.grace = grace;
        this.settle = lease.ttl().isPresent() ? Duration.ZERO : AFTER_A_KILL;
        this.keeper = new LeaseKeeper(lease, clock, System::nanoTime, SingletonRules.renewEvery(lease, grace));
        this.thread = new NamedThreads("procmodel-" + app + "-" + type + "-lease").newThread(this::keep);
    }

    void start() {
        thread.start();
    }

    private void keep() {
        try {
            while (!isClosed()) {
                lookLogged();
                pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release();
        }
    }

    private void lookLogged() throws InterruptedException {
        try {
            look();
        } catch (PlatformClosedException | CompletionException | RejectedExecutionException e) {
            LOG.debug("the platform is closed; the lease of {} goes with it", type, e);
        } catch (RuntimeException e) {
            LOG.error("the lease of {} could not be looked at", type, e);
        }
    }

    private void look() throws InterruptedException {
        boolean held = keeper.token().isPresent();
        if (manager.state().wants(type) || manager.state().hasProcess(type)) {
            keeper.step();
            if (!held && keeper.token().isPresent()) {
                TimeUnit.NANOSECONDS.sleep(settle.toNanos());
            }
        } else if (held) {
            revoke();
            if (!manager.state().hasProcess(type)) {
                release();
            }
        }
        judge();
    }

    /** Whether the lease lasts longer than a stop takes. */
    private void judge() {
        OptionalLong token = keeper.token();
        Optional<Duration> spare = keeper.remaining().map(left -> left.minus(grace));
        boolean enough = spare.map(left -> left.compareTo(Duration.ZERO) > 0).orElse(true);
        if (token.isPresent() && enough && manager.state().wants(type)) {
            grant(token, spare);
        } else if (token.isEmpty() || !enough) {
            revoke();
        }
    }

    private void grant(OptionalLong token, Optional<Duration> spare) {
        lock.lock();
        try {
            cancelLoss();
            loss = spare.<ScheduledFuture<?>>map(time -> manager.loseLeaseIn(type, time, this::lost))
                    .orElse(null);
            if (granted || closed) {
                return;
            }
            granted = true;
        } finally {
            lock.unlock();
        }
        manager.lease(type, token).join();
    }

    private void revoke() {
        lock.lock();
        try {
            cancelLoss();
            if (!granted) {
                return;
            }
            granted = false;
        } finally {
            lock.unlock();
        }
        manager.lease(type, OptionalLong.empty()).join();
    }

    /** The timer went off before the next renewal. */
    private void lost() {
        lock.lock();
        try {
            granted = false;
        } finally {
            lock.unlock();
        }
    }

    private void cancelLoss() {
        if (loss != null) {
            loss.cancel(false);
            loss = null;
        }
    }

    private void release() {
        try {
            keeper.release();
        } catch (LeaseUnavailableException e) {
            LOG.warn("the lease of {} could not be given back; it expires", type, e);
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void pause() throws InterruptedException {
        Duration next = keeper.untilNextStep();
        long nanos = next.compareTo(LOOK) < 0 ? Math.max(next.toNanos(), 1_000_000) : LOOK.toNanos();
        lock.lock();
        try {
            while (!closed && nanos > 0) {
                nanos = closing.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives the lease back; the singleton's dyno must be gone. Waits some seconds at most, if the store does not answer. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            cancelLoss();
            closing.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
