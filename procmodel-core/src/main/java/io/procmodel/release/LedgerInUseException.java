package io.procmodel.release;

import io.procmodel.error.ProcModelException;

/** A ledger directory is open already, in this process or another one. Close it there first. */
public final class LedgerInUseException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    LedgerInUseException(String lock, String holder) {
        super("release ledger: " + lock + " is held by " + holder + " (expected: a ledger that nobody has open)");
    }
}
