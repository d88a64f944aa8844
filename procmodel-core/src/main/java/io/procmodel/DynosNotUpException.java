package io.procmodel;

import io.procmodel.dyno.Dyno;
import io.procmodel.error.ProcModelException;
import io.procmodel.name.AppName;
import java.util.List;

/**
 * The dynos of an app did not all come up: time ran out, or one of them crashed and stays down. The message names each
 * dyno that is not up, why, and the last lines that it printed.
 */
public final class DynosNotUpException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final transient List<Dyno> dynos;

    DynosNotUpException(AppName app, String reason, List<Dyno> dynos, String details) {
        super("dynos of " + app + " are not all up: " + reason + " (expected: every dyno up)" + details);
        this.dynos = List.copyOf(dynos);
    }

    /** All dynos of the app as they were when the wait was given up; empty after serialization. */
    public List<Dyno> dynos() {
        return dynos == null ? List.of() : dynos;
    }
}
