package io.procmodel.release;

import io.procmodel.error.ProcModelException;
import org.jspecify.annotations.Nullable;

/**
 * A ledger takes no more calls: it was closed, or it closed itself for writing because it could not know any more what is
 * on the disk. What had been acknowledged is safe; open the ledger again.
 */
public final class LedgerClosedException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param place the store, for example its directory
     * @param reason why it is closed
     * @param cause the failure that closed it, or null
     */
    public LedgerClosedException(String place, String reason, @Nullable Throwable cause) {
        super("release ledger " + place + ": " + reason + " (expected: an open ledger)", cause);
    }
}
