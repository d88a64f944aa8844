package io.procmodel.scheduler;

/** What happens at a job's time when another run of it is going on, on this host or another. */
public enum Overlap {
    /**
     * The new run is left out and recorded as {@code SKIPPED_OVERLAP}. The default: a job that takes longer than its period
     * must not pile up.
     */
    SKIP,
    /** One run waits for the end of the one that is going on; further ones are left out. */
    QUEUE,
    /** The run that is going on is stopped, and the new one starts when it has ended. A run of another host is waited for. */
    REPLACE,
    /** Both run. */
    ALLOW
}
