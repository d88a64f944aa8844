package io.procmodel.runtime.local;

import io.procmodel.pipe.OutputChannel;
import io.procmodel.runtime.Terminal;
import io.procmodel.runtime.TerminalSize;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/**
 * A terminal whose device the dyno opens itself: as the leader of its session it then has it as its controlling terminal.
 *
 * @param terminal the host's side of it
 */
record DeviceTerminal(Terminal terminal) implements StandardInput {
    @Override
    public Place place() {
        return new Place(terminal.device(), true);
    }

    @Override
    public OutputChannel output(OutputChannel usual) {
        return new OutputChannel() {
            @Override
            public ProcessBuilder.Redirect redirect() {
                return usual.redirect();
            }

            @Override
            public ReadableByteChannel started(Optional<Process> process) throws IOException {
                usual.started(process).close();
                return Channels.newChannel(terminal.screen());
            }

            @Override
            public void close() throws IOException {
                usual.close();
            }
        };
    }

    @Override
    public void resize(DynoProcess process, TerminalSize size) throws IOException {
        terminal.resize(size);
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
