package io.procmodel.release;

import io.procmodel.error.ProcModelException;

/** A release exists but cannot be rolled back to; {@link #reason()} says why. Choose another version. */
public final class IneligibleReleaseException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final int version;
    private final Reason reason;

    IneligibleReleaseException(int version, Reason reason) {
        super("rollback to v" + version + ": " + reason.words
                + " (expected: another release with a slug that succeeded, with the add-ons of the current one)");
        this.version = version;
        this.reason = reason;
    }

    /** The version that was asked for. */
    public int version() {
        return version;
    }

    /** Why it is refused. */
    public Reason reason() {
        return reason;
    }

    /** Why a release cannot be rolled back to (Heroku: REL-22, REL-25). */
    public enum Reason {
        /** Its release command still runs. */
        PENDING("its release command still runs"),
        /** Its release command failed. */
        FAILED("its release command failed"),
        /** Its slug was deleted by age. */
        EXPIRED("it is expired"),
        /** It was made before the first deploy. */
        NO_SLUG("it has no slug"),
        /** It is what runs now. */
        CURRENT("it is the current release"),
        /** A rollback neither adds nor removes add-ons. */
        OTHER_ADD_ONS("it has other add-ons, which a rollback does not change");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }
}
