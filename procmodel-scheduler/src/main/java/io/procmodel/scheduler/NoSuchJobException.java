package io.procmodel.scheduler;

import io.procmodel.error.ProcModelException;
import java.util.Collection;

/** The scheduler has no job of that name. */
public final class NoSuchJobException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    NoSuchJobException(String name, Collection<String> known) {
        super("job: \"" + name + "\" (expected: one of " + known + ")");
    }
}
