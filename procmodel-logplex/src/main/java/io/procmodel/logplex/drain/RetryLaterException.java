package io.procmodel.logplex.drain;

import java.io.IOException;
import java.time.Duration;

/** A peer that is busy and says when to come back. */
public final class RetryLaterException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration pause;

    /** Creates the error with what the peer said, and the pause that it asks for. */
    public RetryLaterException(String message, Duration pause) {
        super(message);
        this.pause = pause;
    }

    /** The pause that the peer asks for. */
    public Duration pause() {
        return pause;
    }
}
