package io.procmodel.logplex;

/** Whom a {@link Tail} tells: a listener, when it wants to be told more, and that this was all. */
@FunctionalInterface
interface TailReader {
    LogListener listener();

    /** Waits until the listener wants another line. */
    default void awaitDemand() throws InterruptedException {}

    /** The tail has ended. */
    default void ended() {}
}
