package io.procmodel;

/** Ends a subscription to a platform's events. Thread-safe and idempotent. */
public interface Subscription extends AutoCloseable {
    /** Tells the listener nothing more, but for a call that is under way. */
    @Override
    void close();
}
