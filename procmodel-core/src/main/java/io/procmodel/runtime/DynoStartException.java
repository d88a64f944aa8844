package io.procmodel.runtime;

import io.procmodel.dyno.DynoName;
import io.procmodel.error.ProcModelException;
import org.jspecify.annotations.Nullable;

/** A runtime could not start a dyno. Nothing of the dyno is left. */
public final class DynoStartException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param dyno the dyno
     * @param reason what failed, in words
     * @param cause the underlying failure, or null
     */
    public DynoStartException(DynoName dyno, String reason, @Nullable Throwable cause) {
        super("cannot start " + dyno + ": " + reason, cause);
    }
}
