package io.procmodel.scheduler.ledger;

import io.procmodel.error.ProcModelException;

/**
 * This process has the run ledger open already: two schedulers of one process cannot share it. Close the other, or use
 * another place.
 */
public final class RunLedgerInUseException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    RunLedgerInUseException(String place) {
        super("run ledger " + place
                + ": in use by another scheduler of this process (expected: one scheduler for each)");
    }
}
