package io.procmodel.error;

import org.jspecify.annotations.Nullable;

/**
 * The unchecked root of all errors that this library reports. Each subclass is one decision that a caller can take; the
 * message names the offending value and what was expected, and never holds the value of a config var.
 */
public class ProcModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an error without a cause.
     *
     * @param message what went wrong, with which value, and what was expected
     */
    public ProcModelException(String message) {
        super(message);
    }

    /**
     * Creates an error with a cause.
     *
     * @param message what went wrong, with which value, and what was expected
     * @param cause the underlying failure, or null
     */
    public ProcModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
