package io.procmodel.addon;

import io.procmodel.error.ProcModelException;
import java.util.Collection;

/** There is no such service, plan, add-on or attachment. */
public final class NoSuchAddOnException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param what what was looked for, for example {@code attachment}
     * @param name the name that was given
     * @param there the names that are there
     */
    public NoSuchAddOnException(String what, String name, Collection<String> there) {
        super(what + ": \"" + name + "\" (expected: " + (there.isEmpty() ? "none is there" : "one of " + there) + ")");
    }
}
