package io.procmodel;

import io.procmodel.error.ProcModelException;
import io.procmodel.name.AppName;
import org.jspecify.annotations.Nullable;

/**
 * An app was created from its source, but a later step of its {@code app.json} failed (Heroku: PIPE-15). The app is there,
 * with what was done before that step; the message names the step.
 */
public final class AppSetupException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    AppSetupException(AppName app, String step, String reason, @Nullable Throwable cause) {
        super("setup of " + app + ": " + step + ": " + reason, cause);
    }
}
