package io.procmodel.router.exchange;

/** A client's connection, or one stream of it, as the event loop sees it. Confined to that loop. */
public interface Client {
    /**
     * Looks at deadlines.
     *
     * @param now the time, as {@link System#nanoTime} tells it
     */
    void tick(long now);

    /** The router is about to close: a client without a request is not kept. */
    void closeIfIdle();

    /** The router closes: whatever is under way ends now. */
    void forceClose();
}
