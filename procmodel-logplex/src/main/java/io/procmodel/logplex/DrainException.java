package io.procmodel.logplex;

import io.procmodel.error.ProcModelException;

/** A drain did not do in time what it was waited for; it goes on trying. */
public final class DrainException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    DrainException(String message) {
        super(message);
    }
}
