package io.procmodel.logplex;

import io.procmodel.thread.NamedThreads;
import java.util.Collection;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Forces the journals of all channels to the disk again and again, on a thread of its own. */
final class JournalForcer implements AutoCloseable {
    private final Supplier<Collection<Channel>> channels;
    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, new NamedThreads("procmodel-logplex-journal"));

    JournalForcer(Persistence persistence, Supplier<Collection<Channel>> channels) {
        this.channels = channels;
        long nanos = persistence.interval().toNanos();
        var unused = executor.scheduleWithFixedDelay(this::force, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private void force() {
        channels.get().forEach(Channel::force);
    }

    /** Forces once more and ends the thread. */
    @Override
    public void close() {
        executor.shutdown();
        force();
    }
}
