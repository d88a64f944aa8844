package io.procmodel.logplex.drain;

import io.procmodel.logplex.ring.Line;

/** Writes a line, with its line feed, as a file or a reader wants it. */
@FunctionalInterface
interface LineText {
    /** Adds the line to what is there. */
    void write(Line line, EncodedLines target);
}
