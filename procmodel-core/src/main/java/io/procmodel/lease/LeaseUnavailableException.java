package io.procmodel.lease;

import io.procmodel.error.ProcModelException;

/**
 * Whoever keeps a lease, a file or a database, could not be asked. Nothing is known about who holds it; try again soon.
 */
public final class LeaseUnavailableException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error with the message {@code lease "name": cannot action: cause}.
     *
     * @param lease the lease's name
     * @param action what was tried, for example {@code renew}
     * @param cause the failure
     */
    public LeaseUnavailableException(String lease, String action, Throwable cause) {
        super("lease \"" + lease + "\": cannot " + action + ": " + cause, cause);
    }
}
