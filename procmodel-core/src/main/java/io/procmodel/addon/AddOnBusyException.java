package io.procmodel.addon;

import io.procmodel.error.ProcModelException;

/**
 * An add-on is in the middle of another change. Who asked may ask again when that is over; a provider that asks from within
 * its own call for that add-on says what it has to say with the answer of that call.
 */
public final class AddOnBusyException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    /** For example {@code add-on redis-curly-1: it is being ordered (expected: the end of that first)}. */
    public AddOnBusyException(String addOn, String doing) {
        super("add-on " + addOn + ": it is being " + doing + " (expected: the end of that first)");
    }
}
