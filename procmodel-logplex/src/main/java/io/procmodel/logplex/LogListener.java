package io.procmodel.logplex;

import io.procmodel.log.LogEntry;

/**
 * Is told the lines of a tail, one after the other, on the tail's own thread. It may take its time: nobody waits for
 * it, and when it falls behind by more than the history holds it is told how much it missed. What it throws is counted
 * ({@link SinkStats#failed()}) and changes nothing.
 */
@FunctionalInterface
public interface LogListener {
    /** A line that the query asks for. */
    void line(LogEntry entry);

    /**
     * Lines that were gone before this listener came to them; the query does not apply. Unless overridden, it becomes a
     * line of its own, Heroku's L11 of {@code heroku[logplex]}.
     */
    default void lost(LossNotice notice) {
        line(notice.toEntry());
    }
}
