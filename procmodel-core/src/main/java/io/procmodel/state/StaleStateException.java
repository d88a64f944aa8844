package io.procmodel.state;

import io.procmodel.error.ProcModelException;
import io.procmodel.name.AppName;

/**
 * Somebody else saved a document of app state after it was read. Nothing was saved; read it again, decide again and retry,
 * as {@link AppStateStore#update} does.
 */
public final class StaleStateException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param app whose state it is
     * @param name the document
     * @param basedOn the revision that the caller had read, 0 for none
     */
    public StaleStateException(AppName app, StateName name, long basedOn) {
        super(name + " of " + app + ": based on revision " + basedOn + " (expected: based on the newest)");
    }
}
