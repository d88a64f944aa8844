package io.procmodel.release;

/** How far a release came (Heroku: REL-8). */
public enum ReleaseStatus {
    /** Its release command runs. */
    PENDING,
    /** It may be current. */
    SUCCEEDED,
    /** Its release command failed; the version number is used up. */
    FAILED,
    /** Its slug was deleted by age. */
    EXPIRED;

    /**
     * Whether a release in this status may change to {@code next}. This is the whole table: pending to succeeded or failed,
     * succeeded to expired, and nothing else.
     */
    public boolean canBecome(ReleaseStatus next) {
        return switch (this) {
            case PENDING -> next == SUCCEEDED || next == FAILED;
            case SUCCEEDED -> next == EXPIRED;
            case FAILED, EXPIRED -> false;
        };
    }
}
