package io.procmodel.runtime.local;

import io.procmodel.log.LogSource;
import io.procmodel.pipe.OutputChannel;
import io.procmodel.pipe.OutputChannels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Opens the outputs of dynos; one whose log outlives this JVM gets a saver. Thread-safe. */
final class Outlets {
    private final OutputChannels channels;
    private final HostTools tools;

    Outlets(OutputChannels channels, HostTools tools) {
        this.channels = channels;
        this.tools = tools;
    }

    /** Whether nothing of an output is lost, and two outputs of one dyno can be kept apart. */
    boolean areComplete() {
        return channels.areComplete();
    }

    /**
     * Opens one that goes to a source.
     *
     * @param way what becomes of the channel that dynos usually get
     * @param undo takes back what was opened if the dyno does not start
     * @param cleanUp takes away what is needed as long as the dyno runs
     */
    Outlet open(UnaryOperator<OutputChannel> way, LogSource source, Undo undo, Undo cleanUp) throws IOException {
        OutputChannel channel = way.apply(channels.open());
        undo.add(source);
        undo.add(channel);
        Optional<Path> pipe = channel.pipe();
        Optional<Path> leftovers = pipe.isPresent() ? source.leftovers() : Optional.empty();
        if (leftovers.isPresent()) {
            OutputSaver.start(tools, pipe.get(), leftovers.get()).ifPresent(cleanUp::add);
        }
        return new Outlet(channel, source);
    }
}
