package io.procmodel.addon.partner;

import io.procmodel.error.ProcModelException;
import org.jspecify.annotations.Nullable;

/** A partner's service did not answer, or not as the protocol says. Whether it did what it was asked for is not known. */
public final class AddOnProviderException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    AddOnProviderException(String service, String problem, @Nullable Throwable cause) {
        super("add-on " + service + ": " + problem, cause);
    }
}
