package io.procmodel.logplex.ring;

import java.util.ArrayList;
import java.util.List;

/**
 * The open cursors of a stream, and the instant at which each of them began to lose lines. That instant must be taken
 * when a line is evicted; a threshold keeps the price of it to one comparison per append. Not thread-safe.
 */
final class Cursors {
    private final List<Cursor> open = new ArrayList<>();
    /** No cursor that has not begun to lose lines stands before this line. */
    private long lowest = Long.MAX_VALUE;

    List<Cursor> open() {
        return open;
    }

    void add(Cursor cursor) {
        open.add(cursor);
        caughtUp(cursor);
    }

    void remove(Cursor cursor) {
        open.remove(cursor);
    }

    /** A cursor stands behind the oldest line no longer. */
    void caughtUp(Cursor cursor) {
        lowest = Math.min(lowest, cursor.fetched());
    }

    /** Lines before {@code first} are gone. */
    void evictedBefore(long first, long nowMicros) {
        if (first > lowest) {
            lowest = Long.MAX_VALUE;
            for (Cursor cursor : open) {
                cursor.noteEviction(first, nowMicros);
                if (cursor.fetched() >= first) {
                    caughtUp(cursor);
                }
            }
        }
    }
}
