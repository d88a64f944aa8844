package io.procmodel.runtime.local;

import io.procmodel.pipe.OutputChannels;
import io.procmodel.runtime.Attachment;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.TerminalSize;
import io.procmodel.runtime.Terminals;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the standard input of dynos: nothing, a named pipe, or a terminal. Thread-safe. */
final class Inputs {
    private final OutputChannels pipes;
    private final @Nullable Terminals terminals;
    private final Optional<ScriptTerminal.Programs> script;

    /**
     * Creates a source of inputs.
     *
     * @param pipes where named pipes come from
     * @param terminals where terminals come from; null for those of {@code script}
     */
    Inputs(OutputChannels pipes, @Nullable Terminals terminals, HostTools tools) {
        this.pipes = pipes;
        this.terminals = terminals;
        this.script = ScriptTerminal.Programs.find(tools);
    }

    boolean haveTerminals() {
        return terminals != null || (script.isPresent() && pipes.areComplete());
    }

    /** Opens the input of a dyno; its pump is empty when nobody is attached. */
    Opened open(DynoSpec spec) throws IOException {
        if (spec.attachment().isEmpty()) {
            return new Opened(StandardInput.NONE, Optional.empty());
        }
        Attachment attachment = spec.attachment().get();
        if (attachment.terminal().isPresent() && terminals != null) {
            DeviceTerminal device =
                    new DeviceTerminal(terminals.open(attachment.terminal().get()));
            return opened(device, attachment, device.terminal().keyboard(), true);
        }
        PipeInput pipe = PipeInput.open(fifo());
        return opened(
                attachment.terminal().isPresent()
                        ? terminal(pipe, attachment.terminal().get())
                        : pipe,
                attachment,
                pipe.writer(),
                false);
    }

    private static Opened opened(StandardInput input, Attachment attachment, OutputStream target, boolean device) {
        return new Opened(input, Optional.of(new InputPump(attachment.input(), target, device)));
    }

    private Path fifo() throws IOException {
        return pipes.pipe().orElseThrow(() -> new IOException("a dyno can be attached to only where there is mkfifo"));
    }

    private StandardInput terminal(PipeInput pipe, TerminalSize size) throws IOException {
        if (script.isEmpty()) {
            pipe.close();
            throw new IOException("no terminal: this machine has no script and stty (expected: util-linux, or other"
                    + " terminals given to the platform)");
        }
        return new ScriptTerminal(script.get(), pipe, size);
    }

    /**
     * An input that was opened.
     *
     * @param input the input
     * @param pump what fills it, to be run while the dyno runs
     */
    record Opened(StandardInput input, Optional<InputPump> pump) {}
}
