package io.procmodel.logplex.ring;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.line.CutLines;

/** Where a stream's lines go beside its ring, and where readers find those that the ring has no more. */
public interface Backlog {
    /** Takes lines that have just been numbered. Called under the stream's lock; must not throw. */
    void append(long firstSeq, long micros, LogOrigin origin, CutLines lines);

    /** The number of the oldest line that can be read here; any thread may ask. */
    long first();

    /**
     * Fills a batch with lines from {@code from} on, or from the first after it that can be read, but none from
     * {@code to} on. An empty batch stands at {@code to}: none of them can be read. Called without the stream's lock.
     */
    void copy(long from, long to, LineBatch batch);
}
