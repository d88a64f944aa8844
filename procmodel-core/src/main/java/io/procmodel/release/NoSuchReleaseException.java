package io.procmodel.release;

import io.procmodel.error.ProcModelException;

/** A release was named that the ledger does not have, or none was found that fits. Choose another version. */
public final class NoSuchReleaseException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private NoSuchReleaseException(String message) {
        super(message);
    }

    /** There is no release of that version; the newest is {@code newest}. */
    public static NoSuchReleaseException version(int version, int newest) {
        return new NoSuchReleaseException("release: \"v" + version + "\" (expected: "
                + (newest == 0 ? "nothing, the ledger is empty" : "v1 to v" + newest) + ")");
    }

    static NoSuchReleaseException nothingToRollBackTo() {
        return new NoSuchReleaseException(
                "rollback: no target (expected: an earlier release with a slug that succeeded)");
    }
}
