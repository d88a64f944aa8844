package io.procmodel.scheduler;

import io.procmodel.error.ProcModelException;

/** The scheduler is closed; start another. */
public final class SchedulerClosedException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    SchedulerClosedException(String what) {
        super("cannot " + what + ": the scheduler is closed");
    }
}
