package io.procmodel;

import io.procmodel.thread.NamedThreads;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again at what other hosts did. A look that fails is no reason not to look again. */
final class Refreshes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Refreshes.class);
    private static final Duration END_OF_A_LOOK = Duration.ofSeconds(10);

    private final Runnable look;
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, new NamedThreads("procmodel-refresh"));
    private boolean failing;

    private Refreshes(Runnable look) {
        this.look = look;
    }

    static Refreshes start(Runnable look, Duration interval) {
        Refreshes refreshes = new Refreshes(look);
        Future<?> unused = refreshes.executor.scheduleWithFixedDelay(
                refreshes::once, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
        return refreshes;
    }

    private void once() {
        try {
            look.run();
            failing = false;
        } catch (PlatformClosedException e) {
            LOG.debug("the platform closes", e);
        } catch (RuntimeException e) {
            if (!failing) { // once for each time that it begins to fail
                LOG.warn("cannot see what other hosts did; it is tried again", e);
            }
            failing = true;
        }
    }

    /** Begins no look any more, and waits for the one that is under way. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(END_OF_A_LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a look at what other hosts did still goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
