package io.procmodel.benchmarks.logplex;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Something that reads the lines of many pipes. */
interface PipeReader {
    String name();

    /** Begins to open all pipes, which waits for their writers. */
    Reading start(List<Path> pipes) throws IOException;

    /** One reading of pipes. */
    interface Reading extends AutoCloseable {
        /** Waits for the end of all pipes; returns how many lines there were. */
        long await() throws IOException, InterruptedException;

        @Override
        default void close() {}
    }
}
