package io.procmodel;

import io.procmodel.error.ProcModelException;
import io.procmodel.formation.DynoSize;
import io.procmodel.name.AppName;

/** An app has as many one-off dynos of a size as it may have at a time (Heroku: DYN-76). */
public final class OneOffLimitException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    OneOffLimitException(AppName app, DynoSize size, int limit) {
        super("one-off dynos of " + app + ": " + limit + " of size " + size
                + " are running (expected: fewer than that when another one is started)");
    }
}
