package io.procmodel.benchmarks.logplex;

import java.io.IOException;

/** One bar, or several that are measured at once. */
interface Bar {
    /**
     * Measures, and adds a row for each bar.
     *
     * @throws MissingProgramException if a baseline or a generator cannot be made here
     * @throws IllegalStateException if lines are missing, or the figures would not be what they claim to be
     */
    void measure(Bench bench) throws IOException, InterruptedException;
}
