package io.procmodel.scheduler.ledger;

import io.procmodel.error.ProcModelException;

/**
 * A run ledger's file holds something that no ledger wrote. Nothing is claimed until it is restored or removed.
 */
public final class RunLedgerDamagedException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    RunLedgerDamagedException(String place, long offset, String found, String expected) {
        super("run ledger " + place + ", byte " + offset + ": \"" + found + "\" (expected: " + expected + ")");
    }
}
