package io.procmodel.scheduler.ledger;

import io.procmodel.error.ProcModelException;

/**
 * The store of a run ledger, a file or a database, could not be asked. Try again soon; what had been granted or ended
 * before still is.
 */
public final class RunLedgerUnavailableException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error with the message {@code run ledger place: cannot action: cause}.
     *
     * @param place where the ledger is
     * @param action what was tried, for example {@code claim}
     * @param cause the failure
     */
    public RunLedgerUnavailableException(String place, String action, Throwable cause) {
        super("run ledger " + place + ": cannot " + action + ": " + cause, cause);
    }
}
