package io.procmodel.logplex;

import io.procmodel.logplex.ring.Cursor;
import io.procmodel.logplex.ring.Line;
import io.procmodel.logplex.ring.LineBatch;
import io.procmodel.logplex.ring.Loss;
import java.util.Optional;

/** Walks a cursor from one line that a query asks for to the next, and counts every line on the way. */
final class Follower {
    private final Cursor cursor;
    private final LogQuery query;
    private final LineBatch batch = new LineBatch();
    private int at;

    Follower(Cursor cursor, LogQuery query) {
        this.cursor = cursor;
        this.query = query;
    }

    /** Whether lines have been copied out that are still to be looked at. */
    boolean hasFetched() {
        return at < batch.size();
    }

    /**
     * Tells the listener the next line or loss, if there is one already. Whatever the listener throws passes through
     * after the line has been counted.
     *
     * @return false if there is nothing to tell now
     */
    boolean step(LogListener listener) {
        do {
            while (at < batch.size()) {
                Line line = batch.line(at++);
                if (isWanted(line)) {
                    tell(listener, line);
                    return true;
                }
            }
            at = 0;
            Optional<Loss> loss = cursor.fetch(batch);
            if (loss.isPresent()) {
                listener.lost(LossNotice.ofTail(loss.get()));
                return true;
            }
        } while (batch.size() > 0);
        return false;
    }

    private boolean isWanted(Line line) {
        boolean wanted = false;
        try {
            wanted = query.matches(line);
        } finally {
            if (!wanted) {
                cursor.countFiltered();
            }
        }
        return wanted;
    }

    private void tell(LogListener listener, Line line) {
        try {
            listener.line(line.toEntry());
        } finally {
            cursor.countDelivered();
        }
    }
}
