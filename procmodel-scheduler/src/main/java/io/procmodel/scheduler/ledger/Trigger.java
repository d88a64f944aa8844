package io.procmodel.scheduler.ledger;

/** Why a job ran. */
public enum Trigger {
    /** It was time. */
    SCHEDULE,
    /** It had been time while no clock ran. */
    CATCH_UP,
    /** Somebody asked for it. */
    MANUAL,
    /** The attempt before failed. */
    RETRY;

    /** Whether the run stands for an instant of the job's schedule. */
    public boolean isScheduled() {
        return this == SCHEDULE || this == CATCH_UP;
    }
}
