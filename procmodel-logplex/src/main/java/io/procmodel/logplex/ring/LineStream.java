package io.procmodel.logplex.ring;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.line.CutLines;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

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
    private long lastMicros = Long.MIN_VALUE;
    private long received;
    private long rejected;
    private boolean closed;

    /** Creates an empty stream that keeps so many lines and bytes at most. */
    public LineStream(int maxLines, int maxBytes, InstantSource clock) {
        this.clock = clock;
        this.ring = new LineRing(maxLines, maxBytes);
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
            ring.append(lastMicros, origin, lines);
            cursors.evictedBefore(ring.first(), lastMicros);
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
            cursors.evictedBefore(ring.first(), lastMicros);
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
        lock.lock();
        try {
            long from = ring.startOfCopyBefore(before, LineBatch.MAX_LINES, LineBatch.MAX_BYTES);
            ring.copy(from, before, batch);
        } finally {
            lock.unlock();
        }
    }

    /** Opens a cursor before line {@code start}, or before the oldest if that is gone. */
    public Cursor open(String name, long start) {
        lock.lock();
        try {
            Cursor cursor = new Cursor(this, name, Math.max(start, ring.first()));
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
            return new StreamCounts(received, ring.end() - 1, rejected, ring.end() - first, ring.bytes(), readers);
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
        lock.lock();
        try {
            if (!cursor.isOpen()) {
                batch.clear(cursor.fetched());
                return Optional.empty();
            }
            ring.copy(cursor.fetched(), ring.end(), batch);
            Optional<Loss> loss = cursor.noteFetched(batch);
            cursors.caughtUp(cursor);
            return loss;
        } finally {
            lock.unlock();
        }
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
            while (cursor.fetched() == ring.end() && !closed && cursor.isOpen() && left > 0) {
                left = moved.awaitNanos(left);
            }
            return cursor.fetched() < ring.end() && cursor.isOpen();
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
            cursor.noteEnd(ring.first(), ring.end());
            cursors.remove(cursor);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private CursorCounts countsNow(Cursor cursor) {
        return cursor.counts(ring.first(), ring.end());
    }
}
