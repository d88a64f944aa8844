package io.procmodel.logplex.drain;

import java.io.IOException;

/** A peer that will never take a batch; sending it again is useless. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the error with what the peer said. */
    public RefusedException(String message) {
        super(message);
    }
}
