package io.procmodel.addon;

import io.procmodel.error.ProcModelException;
import org.jspecify.annotations.Nullable;

/** The provider of an add-on did not do what it was asked for. The app is as it was. */
public final class AddOnRefusedException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param service the provider
     * @param message why, for the user (Heroku: ADD-20)
     */
    public AddOnRefusedException(String service, String message) {
        this(service, message, null);
    }

    /**
     * Creates the error.
     *
     * @param service the provider
     * @param message why, for the user
     * @param cause the failure, or null
     */
    public AddOnRefusedException(String service, String message, @Nullable Throwable cause) {
        super("add-on " + service + ": " + message, cause);
    }
}
