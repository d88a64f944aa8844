package io.procmodel.scheduler.ledger;

/** What became of a run. */
public enum Outcome {
    /** The callback returned, or the dyno exited with status 0. */
    SUCCEEDED,
    /** The callback threw, or the dyno exited with another status or did not start. */
    FAILED,
    /** It was stopped because it took too long. */
    TIMED_OUT,
    /** It was not started because another run of the job was going on. */
    SKIPPED_OVERLAP,
    /** It was not started because its time had passed, and the catch-up policy let it go. */
    MISSED,
    /** It was stopped to make room for the next run. */
    REPLACED,
    /** It was claimed, and the host that had claimed it is gone: it may have run, in part, in full or not at all. */
    ABANDONED,
    /** It was stopped because its scheduler closed or its job was removed. */
    CANCELLED
}
