package io.procmodel.logplex.ring;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A reader's place in a {@link LineStream}. Nothing is queued for it: it copies lines out when it wants them, and what
 * it lost while it was away is a difference of line numbers. One thread reads; any thread may count or close.
 */
public final class Cursor implements AutoCloseable {
    private static final long STILL_OPEN = -1;

    private final LineStream stream;
    private final String name;
    private final long start;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong filtered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    // Guarded by the stream's lock.
    private long fetched;
    private long dropped;
    private @Nullable Instant lossSince;
    private long firstAtEnd;
    private long endAtEnd = STILL_OPEN;
    private boolean woken;

    Cursor(LineStream stream, String name, long start) {
        this.stream = stream;
        this.name = name;
        this.start = start;
        this.fetched = start;
    }

    /**
     * Copies the next lines into a batch, which stays empty if there are none yet. Never waits.
     *
     * @return the lines between those of the last batch and those of this one, if any were lost
     */
    public Optional<Loss> fetch(LineBatch batch) {
        return stream.fetch(this, batch);
    }

    /**
     * Waits until there is something to fetch.
     *
     * @return false if there never will be, the stream or the cursor being closed
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean await() throws InterruptedException {
        return stream.await(this);
    }

    /**
     * Waits until there is something to fetch, but not longer than so many nanoseconds.
     *
     * @return whether there is something
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean await(long nanos) throws InterruptedException {
        return stream.await(this, nanos);
    }

    /** Counts one fetched line as handed to the reader. */
    public void countDelivered() {
        delivered.incrementAndGet();
    }

    /** Counts fetched lines as handed to the reader. */
    public void countDelivered(long lines) {
        delivered.addAndGet(lines);
    }

    /** Counts fetched lines as lost for good, because the reader will not take them. */
    public void countRefused(long lines) {
        refused.addAndGet(lines);
    }

    /** Counts lines that were thought to be delivered as lost after all. */
    public void recountAsRefused(long lines) {
        // In this order, and read in the other one, no line is ever counted twice.
        delivered.addAndGet(-lines);
        refused.addAndGet(lines);
    }

    /** Counts one fetched line as not asked for. */
    public void countFiltered() {
        filtered.incrementAndGet();
    }

    /** Counts one call at which the reader failed; its line, if any, is counted on its own. */
    public void countFailed() {
        failed.incrementAndGet();
    }

    /** Makes the reader return that waits now, or the next one that would. */
    public void wake() {
        stream.wake(this);
    }

    /** The accounts at this instant; those of its end if it is closed. */
    public CursorCounts counts() {
        return stream.counts(this);
    }

    /** The number of the first line that it was to read. */
    public long start() {
        return start;
    }

    /** Gives the place up; a reader that waits returns. A second call does nothing. */
    @Override
    public void close() {
        stream.remove(this);
    }

    boolean isOpen() {
        return endAtEnd == STILL_OPEN;
    }

    /** Whether the reader was to be woken since this was asked last. */
    boolean takeWoken() {
        boolean was = woken;
        woken = false;
        return was;
    }

    void noteWoken() {
        woken = true;
    }

    /** The end of what has been copied out. */
    long fetched() {
        return fetched;
    }

    void noteEviction(long first, long nowMicros) {
        if (fetched < first && lossSince == null) {
            lossSince = Micros.toInstant(nowMicros);
        }
    }

    Optional<Loss> noteFetched(LineBatch batch, long nowMicros) {
        Optional<Loss> loss = Optional.empty();
        if (batch.first() > fetched) {
            // Without an instant, lines have turned out to be unreadable just now.
            Instant since = lossSince == null ? Micros.toInstant(nowMicros) : lossSince;
            loss = Optional.of(new Loss(fetched, batch.first() - 1, since));
        }
        dropped += batch.first() - fetched;
        fetched = batch.end();
        lossSince = null;
        return loss;
    }

    void noteEnd(long first, long end) {
        if (isOpen()) {
            firstAtEnd = first;
            endAtEnd = end;
        }
    }

    /** The reader may count on meanwhile: whichever of its counts are seen, what is pending is the difference. */
    CursorCounts counts(long first, long end) {
        long lost = dropped + refused.get() + Math.max(0, (isOpen() ? first : firstAtEnd) - fetched);
        long offered = (isOpen() ? end : endAtEnd) - start;
        long handedOn = delivered.get();
        long skipped = filtered.get();
        return new CursorCounts(
                name, offered, handedOn, skipped, lost, offered - handedOn - skipped - lost, failed.get());
    }
}
