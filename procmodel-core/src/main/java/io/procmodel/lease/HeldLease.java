package io.procmodel.lease;

/**
 * The lease in the hands of one holder, from an acquisition until it is given back or lost. Thread-safe. It does not renew
 * itself; {@link LeaseKeeper} does.
 */
public interface HeldLease {
    /** Grows with every change of holder, from 1. */
    long token();

    /**
     * Tells that the holder lives, so that the time to live starts again.
     *
     * @return false if the lease is lost for good
     * @throws LeaseUnavailableException if whoever keeps it could not be asked; it may be held still
     */
    boolean renew();

    /**
     * Gives it back, so that another can have it at once; does nothing if it is lost or given back already.
     *
     * @throws LeaseUnavailableException if whoever keeps it could not be told; it ends by its time to live then
     */
    void release();
}
