package io.procmodel.logplex.ring;

import java.time.Instant;

/**
 * Lines that made room for newer ones before a cursor came to them.
 *
 * @param firstSeq the first of them
 * @param lastSeq the last of them
 * @param since when the first of them was lost
 */
public record Loss(long firstSeq, long lastSeq, Instant since) {
    /** How many lines were lost. */
    public long count() {
        return lastSeq - firstSeq + 1;
    }
}
