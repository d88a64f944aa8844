package io.procmodel.release;

import io.procmodel.error.ProcModelException;

/**
 * Somebody else appended a release after the one that a draft was based on. Nothing was appended; read the newest release,
 * decide again and retry.
 */
public final class StaleReleaseException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final int basedOn;
    private final int newest;

    /**
     * Creates the error.
     *
     * @param basedOn the version that the draft was based on
     * @param newest the newest version in the ledger
     */
    public StaleReleaseException(int basedOn, int newest) {
        super("release: based on v" + basedOn + " (expected: based on the newest, v" + newest + ")");
        this.basedOn = basedOn;
        this.newest = newest;
    }

    /** The version that the draft was based on. */
    public int basedOn() {
        return basedOn;
    }

    /** The newest version in the ledger. */
    public int newest() {
        return newest;
    }
}
