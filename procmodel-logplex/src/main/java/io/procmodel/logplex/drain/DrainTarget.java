package io.procmodel.logplex.drain;

import io.procmodel.logplex.ring.Line;
import java.io.IOException;

/**
 * Where a drain's lines go. It collects a batch, which {@link #send} hands over as a whole, as often as it takes. Used by
 * one thread.
 */
public interface DrainTarget {
    /** Adds a line to the batch; its bytes are copied. */
    void add(Line line);

    /** How many bytes the batch has. */
    int size();

    /** When a batch is full. A single line that is longer goes alone. */
    int fullSize();

    /**
     * Hands the batch over, and keeps it.
     *
     * @throws RefusedException if the peer will never take this batch
     * @throws IOException if it may work another time
     */
    void send(Delivery delivery) throws IOException;

    /** Forgets the batch. */
    void clear();

    /** Called while there is nothing to send, at least every second: a peer that has gone is noticed, an old connection closed. */
    default void idle() {}

    /**
     * How many messages that were sent may have been lost after all, because of how a connection ended. Asking forgets
     * them.
     */
    default long takeDoubts() {
        return 0;
    }

    /** Makes a {@link #send} that is under way fail. Any thread may call this one. */
    default void abort() {}

    /** Gives up connections and files. */
    void close();
}
