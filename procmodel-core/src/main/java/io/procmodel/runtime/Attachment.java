package io.procmodel.runtime;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.util.Optional;

/**
 * Somebody at a dyno's standard input.
 *
 * @param input what the dyno reads; read on a thread of the runtime, which may be in one more read after the dyno's end, and
 *     never closed by it
 * @param terminal the window's size at the start if the dyno gets a terminal; empty for a pipe
 */
public record Attachment(InputStream input, Optional<TerminalSize> terminal) {
    /** Checks that nothing is missing. */
    public Attachment {
        requireNonNull(input, "input");
        requireNonNull(terminal, "terminal");
    }
}
