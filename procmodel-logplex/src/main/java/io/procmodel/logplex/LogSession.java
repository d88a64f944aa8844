package io.procmodel.logplex;

import io.procmodel.log.LogEntry;
import io.procmodel.logplex.ring.Cursor;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reader's own walk through a channel: first the history it asked for, then every new line, each exactly once or
 * counted as lost; a loss is a line of its own, Heroku's L11. Iterating waits for new lines and ends when the session
 * or its channel is closed. One thread reads, any thread may close.
 */
public final class LogSession implements Iterable<LogEntry>, AutoCloseable {
    private final Cursor cursor;
    private final Follower follower;
    private @Nullable LogEntry found;

    LogSession(Cursor cursor, LogQuery query) {
        this.cursor = cursor;
        this.follower = new Follower(cursor, query);
    }

    /**
     * The next line, if one comes in time.
     *
     * @param timeout how long to wait for it; zero or less asks for what is there
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Optional<LogEntry> poll(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!hasFound() && cursor.await(deadline - System.nanoTime())) {}
        return take();
    }

    /**
     * The lines from here on. {@code hasNext} waits without limit; when the thread is interrupted there, it answers
     * false and leaves the interrupt set. All iterators of a session share its place.
     */
    @Override
    public Iterator<LogEntry> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return awaitFound();
            }

            @Override
            public LogEntry next() {
                awaitFound();
                return take().orElseThrow(() -> new NoSuchElementException("the log session has ended"));
            }
        };
    }

    /** The accounts at this instant, or at its end. */
    public SinkStats stats() {
        return SinkStats.of(cursor.counts());
    }

    /** Ends the session; a reader that waits returns. A second call does nothing. */
    @Override
    public void close() {
        cursor.close();
    }

    private boolean awaitFound() {
        try {
            while (!hasFound() && cursor.await()) {}
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found != null;
    }

    private boolean hasFound() {
        return found != null || follower.step(entry -> found = entry);
    }

    private Optional<LogEntry> take() {
        Optional<LogEntry> taken = Optional.ofNullable(found);
        found = null;
        return taken;
    }
}
