package io.procmodel.logplex;

import io.procmodel.logplex.ring.Line;
import io.procmodel.logplex.ring.LineBatch;
import io.procmodel.logplex.ring.LineStream;
import org.jspecify.annotations.Nullable;

/** Walks back through a stream's history, over as many lines as a query asks for. */
final class NewestFirst {
    private final LineStream stream;
    private final LogQuery query;
    private final LineBatch batch = new LineBatch();
    private long before;
    private int left;
    private int wanted;

    NewestFirst(LineStream stream, long end, LogQuery query) {
        this.stream = stream;
        this.query = query;
        this.before = end;
        this.wanted = query.limit();
    }

    /** The next older line that the query asks for, valid until the next call; null when there are no more. */
    @Nullable
    Line next() {
        while (wanted > 0 && (left > 0 || fetch())) {
            Line line = batch.line(--left);
            if (query.matches(line)) {
                wanted--;
                return line;
            }
        }
        return null;
    }

    private boolean fetch() {
        boolean moved = true;
        while (left == 0 && moved) {
            stream.copyBefore(before, batch);
            moved = batch.first() < before;
            before = Math.min(before, batch.first());
            left = batch.size();
        }
        return left > 0;
    }
}
