package io.procmodel.pipe;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The way an output of a program takes to this JVM. Closing it wakes a blocked reader where the host can do that. */
public interface OutputChannel extends Closeable {
    /** What the process gets as this output. */
    ProcessBuilder.Redirect redirect();

    /** The named pipe that it is, until the process has been started; empty if it is none. */
    default Optional<Path> pipe() {
        return Optional.empty();
    }

    /**
     * The reading end, once the process has been started.
     *
     * @param process the process, if the JDK has started it
     */
    ReadableByteChannel started(Optional<Process> process) throws IOException;

    /**
     * The JDK's own pipe, for hosts without named pipes. The JDK closes it soon after the main process has ended, so
     * that output of grandchildren can be lost.
     *
     * @param readingEnd the process's own stream for this output
     */
    static OutputChannel processPipe(Function<Process, InputStream> readingEnd) {
        return new OutputChannel() {
            @Override
            public ProcessBuilder.Redirect redirect() {
                return ProcessBuilder.Redirect.PIPE;
            }

            @Override
            public ReadableByteChannel started(Optional<Process> process) {
                return Channels.newChannel(readingEnd.apply(process.orElseThrow()));
            }

            @Override
            public void close() {
                // The JDK closes its pipe by itself when the process ends.
            }
        };
    }
}
