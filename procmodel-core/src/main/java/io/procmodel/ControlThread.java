package io.procmodel;

import io.procmodel.error.ProcModelException;
import io.procmodel.thread.NamedThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which all dyno managers of a platform decide, and the few on which dynos are started. Spawning takes
 * milliseconds, and seconds when a slug is unpacked, so it never happens on the control thread.
 */
final class ControlThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlThread.class);
    private static final int SPAWNERS = 4;
    private static final long CLOSE_SECONDS = 5;

    /** The JDK counts in nanoseconds, which reach no further than 292 years. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final ScheduledThreadPoolExecutor control =
            new ScheduledThreadPoolExecutor(1, new NamedThreads("procmodel-control"));
    private final ScheduledThreadPoolExecutor spawners =
            new ScheduledThreadPoolExecutor(SPAWNERS, new NamedThreads("procmodel-spawner"));

    ControlThread() {
        control.setRemoveOnCancelPolicy(true);
        control.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Does the work soon, in the order of the calls; after {@link #close} it does nothing. */
    void execute(Runnable work) {
        try {
            control.execute(() -> runLogged(work));
        } catch (RejectedExecutionException e) {
            LOG.debug("the platform is closed; a late report is dropped");
        }
    }

    /**
     * Does the work soon and tells when it is done.
     *
     * @throws PlatformClosedException if the platform is closed
     */
    CompletableFuture<Void> submit(Runnable work) {
        try {
            return CompletableFuture.runAsync(work, control);
        } catch (RejectedExecutionException e) {
            throw new PlatformClosedException("change");
        }
    }

    /**
     * Does the work soon and waits for what it gives; what it throws is thrown here.
     *
     * @throws PlatformClosedException if the platform is closed
     */
    <T> T call(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, control).join();
        } catch (RejectedExecutionException e) {
            throw new PlatformClosedException("change");
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProcModelException failure) {
                throw failure;
            }
            throw e;
        }
    }

    ScheduledFuture<?> schedule(Runnable work, Duration delay) {
        Duration bounded = delay.compareTo(FOR_EVER) > 0 ? FOR_EVER : delay;
        long nanos = delay.isNegative() ? 0 : bounded.toNanos();
        return control.schedule(() -> runLogged(work), nanos, TimeUnit.NANOSECONDS);
    }

    /** Where dynos are started. */
    Executor spawners() {
        return spawners;
    }

    private static void runLogged(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("supervision failed", e);
            throw e;
        }
    }

    @Override
    public void close() {
        spawners.shutdown();
        control.shutdown();
        try {
            boolean ended = spawners.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)
                    && control.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                LOG.warn("a dyno is still being started");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
