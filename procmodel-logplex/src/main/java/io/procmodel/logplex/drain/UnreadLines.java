package io.procmodel.logplex.drain;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Counts the lines that were written to a connection so recently that the peer may not have read them: those of the last
 * few seconds that fit the receive buffer of a kernel. Not thread-safe.
 */
final class UnreadLines {
    private static final long WINDOW_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long WINDOW_BYTES = 6L * 1024 * 1024;

    private final LongSupplier ticker;
    private final Deque<Sent> recent = new ArrayDeque<>();
    private long bytes;
    private long doubts;

    private record Sent(long at, int lines, int bytes) {}

    UnreadLines(LongSupplier ticker) {
        this.ticker = ticker;
    }

    void sent(int lines, int size) {
        long now = ticker.getAsLong();
        recent.add(new Sent(now, lines, size));
        bytes += size;
        while (recent.size() > 1 && (bytes > WINDOW_BYTES || now - recent.element().at > WINDOW_NANOS)) {
            bytes -= recent.remove().bytes;
        }
    }

    /** The peer has read everything. */
    void forget() {
        recent.clear();
        bytes = 0;
    }

    /** Nobody knows what the peer has read. */
    void doubtAll() {
        long now = ticker.getAsLong();
        for (Sent sent : recent) {
            doubts += now - sent.at <= WINDOW_NANOS ? sent.lines : 0;
        }
        forget();
    }

    long takeDoubts() {
        long taken = doubts;
        doubts = 0;
        return taken;
    }
}
