package io.procmodel.logplex.ring;

/** Reads a backlog from its newer end, which it is not made for: goes back some way and then forward to the end. */
final class BacklogCopy {
    private BacklogCopy() {}

    /**
     * Fills a batch with the newest lines before a line that can be read. It stays empty if none of those right before it
     * can, and then stands where the search must go on.
     */
    static void before(Backlog backlog, long before, LineBatch batch) {
        long from = Math.max(before - LineBatch.MAX_LINES, backlog.first());
        long newest = from;
        boolean found = false;
        long at = from;
        do {
            backlog.copy(at, before, batch);
            if (batch.size() > 0) {
                found = true;
                newest = batch.first();
            }
            at = batch.end();
        } while (batch.size() > 0 && at < before);
        if (batch.size() == 0 && found) {
            backlog.copy(newest, before, batch);
        } else if (!found) {
            batch.startAt(from);
        }
    }
}
