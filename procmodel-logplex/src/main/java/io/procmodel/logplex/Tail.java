package io.procmodel.logplex;

import io.procmodel.logplex.ring.Cursor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * A listener that follows a channel: first the history it asked for, then every new line, each exactly once or counted
 * as lost. It runs on a daemon thread of its own, and ends when it is closed, or when its channel is and it has told
 * the last line. Thread-safe.
 */
public final class Tail implements AutoCloseable {
    /** How long a busy listener is waited for, once before it is interrupted and once after. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Cursor cursor;
    private final Follower follower;
    private final TailReader reader;
    private final Consumer<Tail> onEnd;
    private final Thread thread;
    private volatile boolean closed;

    Tail(String threadName, Cursor cursor, LogQuery query, TailReader reader, Consumer<Tail> onEnd) {
        this.cursor = cursor;
        this.follower = new Follower(cursor, query);
        this.reader = reader;
        this.onEnd = onEnd;
        this.thread = new Thread(this::follow, threadName);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The accounts at this instant, or those of its end. Does not wait for the listener. */
    public SinkStats stats() {
        return SinkStats.of(cursor.counts());
    }

    /**
     * Ends the tail: the listener is not called again. Waits for a call that is under way, at most about four seconds,
     * and interrupts it half-way; does not wait when the listener itself calls. A second call does nothing.
     */
    @Override
    public void close() {
        end();
        List<Tail> self = List.of(this);
        join(self);
        interruptAndJoin(self);
    }

    /** Lets tails of closed channels come to their end, and ends those that do not within about four seconds. */
    static void finish(Collection<Tail> tails) {
        join(tails);
        tails.forEach(Tail::end);
        interruptAndJoin(tails);
    }

    private static void interruptAndJoin(Collection<Tail> tails) {
        for (Tail tail : tails) {
            if (tail.thread != Thread.currentThread()) {
                tail.thread.interrupt();
            }
        }
        join(tails);
    }

    private static void join(Collection<Tail> tails) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Tail tail : tails) {
                long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (tail.thread != Thread.currentThread() && millis > 0) {
                    tail.thread.join(millis);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the tail without waiting for a call that is under way. */
    void end() {
        closed = true;
        cursor.close();
    }

    private void follow() {
        LogListener listener = reader.listener();
        boolean open = true;
        while (open && !closed) {
            try {
                open = follower.hasFetched() || cursor.await();
                if (open) {
                    reader.awaitDemand();
                    follower.step(listener);
                }
            } catch (InterruptedException e) {
                // Sent by close(), and then this is the end; or left over by the listener, which changes nothing.
                open = !closed;
            } catch (RuntimeException | Error e) {
                cursor.countFailed();
            }
        }
        end();
        onEnd.accept(this);
        reader.ended();
    }
}
