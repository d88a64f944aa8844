package io.procmodel.logplex.ring;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.line.CutLines;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one app in one order: number and time are given under one lock, once per chunk, and times never go back
 * even when the clock does. Readers have {@link Cursor}s, and hold the lock only to copy a bounded batch. Thread-safe.
 */
public final class LineStream {
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final LineRing ring;
    private final Cursors cursors = new Cursors();
    private final @Nullable Backlog backlog;
    private final long start;
    private long lastMicros;
    private long received;
    private long rejected;
    private boolean closed;

    /** Creates an empty stream that keeps so many lines and bytes at most. */
    public LineStream(int maxLines, int maxBytes, InstantSource clock) {
        this(maxLines, maxBytes, clock, 1, Long.MIN_VALUE, null);
    }

    /**
     * Creates a stream that goes on where a backlog ends.
     *
     * @param start the number of the next line
     * @param lastMicros the time of the line before it
     * @param backlog what keeps lines longer; null for nothing
     */
    public LineStream(
            int maxLines, int maxBytes, InstantSource clock, long start, long lastMicros, @Nullable Backlog backlog) {
        this.clock = clock;
        this.ring = new LineRing(maxLines, maxBytes, start);
        this.start = start;
        this.lastMicros = lastMicros;
        this.backlog = backlog;
    }

    /** Does something that no append may come between. */
    public <T> T atomically(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Does several appends, and what belongs to them, in one piece. */
    public void inOnePiece(Runnable appends) {
        lock.lock();
        try {
            appends.run();
        } finally {
            lock.unlock();
        }
    }

    /** Appends lines of an origin in one piece, and wakes the readers; after {@link #close()}, counts them as rejected. */
    public void append(LogOrigin origin, CutLines lines) {
        long now = Micros.of(clock.instant());
        lock.lock();
        try {
            received += lines.size();
            if (closed) {
                rejected += lines.size();
                return;
            }
            lastMicros = Math.max(lastMicros, now);
            if (backlog != null) {
                backlog.append(ring.end(), lastMicros, origin, lines);
            }
            ring.append(lastMicros, origin, lines);
            cursors.evictedBefore(first(), lastMicros);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Counts lines that came too late to be appended, their origin having been closed. */
    public void reject(CutLines lines) {
        lock.lock();
        try {
            received += lines.size();
            rejected += lines.size();
        } finally {
            lock.unlock();
        }
    }

    /** Changes how many lines are kept; readers that had not come to the oldest ones lose them. */
    public void resize(int maxLines) {
        lock.lock();
        try {
            ring.resize(maxLines);
            cursors.evictedBefore(first(), lastMicros);
        } finally {
            lock.unlock();
        }
    }

    /** The number of the next line. */
    public long end() {
        lock.lock();
        try {
            return ring.end();
        } finally {
            lock.unlock();
        }
    }

    /** Copies the newest lines before {@code before} into a batch, oldest first; empty if none is kept. */
    public void copyBefore(long before, LineBatch batch) {
        boolean older;
        lock.lock();
        try {
            older = before <= ring.first() && backlog != null && backlog.first() < before;
            if (!older) {
                long from = ring.startOfCopyBefore(before, LineBatch.MAX_LINES, LineBatch.MAX_BYTES);
                ring.copy(from, before, batch);
            }
        } finally {
            lock.unlock();
        }
        if (older && backlog != null) {
            BacklogCopy.before(backlog, before, batch);
        }
    }

    /** Opens a cursor before line {@code start}, or before the oldest if that is gone. */
    public Cursor open(String name, long start) {
        lock.lock();
        try {
            Cursor cursor = new Cursor(this, name, Math.min(ring.end(), Math.max(start, first())));
            cursors.add(cursor);
            return cursor;
        } finally {
            lock.unlock();
        }
    }

    /** All accounts of one instant. */
    public StreamCounts counts() {
        lock.lock();
        try {
            List<CursorCounts> readers =
                    cursors.open().stream().map(this::countsNow).toList();
            long first = ring.first();
            return new StreamCounts(received, ring.end() - start, rejected, ring.end() - first, ring.bytes(), readers);
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more lines, and wakes the readers, who can still read what is there. A second call does nothing. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Optional<Loss> fetch(Cursor cursor, LineBatch batch) {
        boolean older = fetchFromBacklog(cursor, batch);
        lock.lock();
        try {
            if (!cursor.isOpen()) {
                batch.clear(cursor.fetched());
                return Optional.empty();
            }
            if (!older) {
                ring.copy(cursor.fetched(), ring.end(), batch);
            }
            Optional<Loss> loss = cursor.noteFetched(batch, lastMicros);
            cursors.caughtUp(cursor);
            return loss;
        } finally {
            lock.unlock();
        }
    }

    /** Reads what the ring has no more, without holding up anybody; false if the ring has what is wanted. */
    private boolean fetchFromBacklog(Cursor cursor, LineBatch batch) {
        if (backlog == null) {
            return false;
        }
        long from;
        long to;
        lock.lock();
        try {
            from = cursor.fetched();
            to = ring.first();
            if (!cursor.isOpen() || from >= to || backlog.first() >= to) {
                return false;
            }
        } finally {
            lock.unlock();
        }
        backlog.copy(from, to, batch);
        return batch.size() > 0;
    }

    /** The oldest line that can be read; under the lock. */
    private long first() {
        return backlog == null ? ring.first() : Math.min(ring.first(), backlog.first());
    }

    boolean await(Cursor cursor) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (cursor.fetched() == ring.end() && !closed && cursor.isOpen()) {
                moved.await();
            }
            return cursor.fetched() < ring.end() && cursor.isOpen();
        } finally {
            lock.unlock();
        }
    }

    boolean await(Cursor cursor, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (cursor.fetched() == ring.end() && !closed && cursor.isOpen() && left > 0 && !cursor.takeWoken()) {
                left = moved.awaitNanos(left);
            }
            return cursor.fetched() < ring.end() && cursor.isOpen();
        } finally {
            lock.unlock();
        }
    }

    void wake(Cursor cursor) {
        lock.lock();
        try {
            cursor.noteWoken();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    CursorCounts counts(Cursor cursor) {
        lock.lock();
        try {
            return countsNow(cursor);
        } finally {
            lock.unlock();
        }
    }

    void remove(Cursor cursor) {
        lock.lock();
        try {
            cursor.noteEnd(first(), ring.end());
            cursors.remove(cursor);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private CursorCounts countsNow(Cursor cursor) {
        return cursor.counts(first(), ring.end());
    }
}
