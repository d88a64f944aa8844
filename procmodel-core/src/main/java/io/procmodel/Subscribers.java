package io.procmodel;

import io.procmodel.event.PlatformEvent;
import io.procmodel.thread.NamedThreads;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to listeners, in order, on one thread of its own, so that no lock of the platform is held while host code
 * runs. A listener that throws is counted; one that is so slow that the queue fills up makes events be dropped, counted too.
 */
final class Subscribers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Subscribers.class);
    private static final int QUEUE = 10_000;
    private static final long CLOSE_SECONDS = 2;

    private final List<Consumer<? super PlatformEvent>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            new NamedThreads("procmodel-events"),
            (task, executor) -> dropped.incrementAndGet());

    Subscription add(Consumer<? super PlatformEvent> listener) {
        Consumer<PlatformEvent> entry = listener::accept;
        listeners.add(entry);
        return () -> listeners.remove(entry);
    }

    void tell(PlatformEvent event) {
        if (!listeners.isEmpty()) {
            thread.execute(() -> deliver(event));
        }
    }

    private void deliver(PlatformEvent event) {
        for (Consumer<? super PlatformEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (Throwable e) {
                // Also what no listener should throw: the others are still to be told.
                failed.incrementAndGet();
                LOG.warn("an event listener failed at {}", event, e);
            }
        }
    }

    long dropped() {
        return dropped.get();
    }

    long failed() {
        return failed.get();
    }

    /** Delivers what is queued, for a bounded time, then ends the thread. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
