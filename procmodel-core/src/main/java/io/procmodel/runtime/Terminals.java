package io.procmodel.runtime;

import java.io.IOException;

/**
 * Where pseudo-terminals come from on machines without util-linux, whose {@code script} is used by default. Implementations
 * are thread-safe.
 */
@FunctionalInterface
public interface Terminals {
    /**
     * Makes a terminal.
     *
     * @param size the size of its window
     * @throws IOException if there is none to be had
     */
    Terminal open(TerminalSize size) throws IOException;
}
