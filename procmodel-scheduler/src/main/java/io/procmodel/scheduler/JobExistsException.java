package io.procmodel.scheduler;

import io.procmodel.error.ProcModelException;

/** The scheduler has a job of that name already; remove it first, or choose another name. */
public final class JobExistsException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    JobExistsException(String name) {
        super("job: \"" + name + "\" is registered already (expected: a new name)");
    }
}
