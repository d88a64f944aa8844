package io.procmodel.addon;

import io.procmodel.error.ProcModelException;
import io.procmodel.name.AppName;

/**
 * Something would be overwritten or destroyed. Nothing was changed; the same call with the app's name as confirmation goes
 * through (Heroku: ADD-12).
 */
public final class ConfirmationRequiredException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param app whose name confirms it
     * @param loss what would be overwritten or destroyed
     */
    public ConfirmationRequiredException(AppName app, String loss) {
        super(loss + " (expected: confirmation with the app's name, " + app + ")");
    }
}
