package io.procmodel.runtime.local;

import io.procmodel.pipe.OutputChannel;
import io.procmodel.runtime.TerminalSize;
import java.io.Closeable;
import java.io.IOException;

/** What a dyno has as its standard input, and perhaps as its terminal. */
interface StandardInput extends Closeable {
    /** Nothing to read, which is what every dyno has that nobody is attached to. */
    StandardInput NONE = new StandardInput() {
        @Override
        public Place place() {
            return new Place("/dev/null", false);
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    };

    /**
     * Where the dyno finds its input.
     *
     * @param path a file, a named pipe or a terminal's device
     * @param terminal whether it is the device of a terminal, which is then the dyno's output too
     */
    record Place(String path, boolean terminal) {}

    Place place();

    /** The command to run so that {@code command} runs on this input. */
    default String wrap(String command) {
        return command;
    }

    /** The output that belongs to this input, or else the one given. */
    default OutputChannel output(OutputChannel usual) {
        return usual;
    }

    /** Changes the size of the window of a dyno's terminal, if it has one. */
    default void resize(DynoProcess process, TerminalSize size) throws IOException {}

    /** Releases it when the dyno has ended; whoever writes to it is woken. */
    @Override
    void close() throws IOException;
}
