package io.procmodel.build;

import io.procmodel.pipe.OutputChannel;
import io.procmodel.pipe.OutputChannels;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.Optional;
import org.apache.commons.exec.PumpStreamHandler;
import org.jspecify.annotations.Nullable;

/**
 * Carries what one command says to where it shall go, to the last word of the last process that holds the output: the
 * JDK's pipes end with the command itself. Closing it gives up on who holds it still.
 */
final class StepOutput extends PumpStreamHandler implements Closeable {
    private final OutputChannel output;
    private final @Nullable OutputChannel errors;
    private @Nullable InputStream said;
    private @Nullable InputStream remarked;

    private StepOutput(OutputChannel output, OutputStream to) {
        super(to);
        this.output = output;
        this.errors = null;
    }

    private StepOutput(OutputChannel output, OutputChannel errors, OutputStream to, OutputStream errorsTo) {
        super(to, errorsTo);
        this.output = output;
        this.errors = errors;
    }

    /** Both outputs in the order in which it was said. */
    static StepOutput merged(OutputChannels channels, OutputStream to) throws IOException {
        return new StepOutput(channels.open(), to);
    }

    /** The standard error apart. */
    static StepOutput apart(OutputChannels channels, OutputStream to, OutputStream errorsTo) throws IOException {
        OutputChannel output = channels.open();
        try {
            return new StepOutput(output, channels.openForErrors(), to, errorsTo);
        } catch (IOException e) {
            output.close();
            throw e;
        }
    }

    /** Starts a process with these outputs. */
    Process start(ProcessBuilder builder) throws IOException {
        builder.redirectOutput(output.redirect());
        if (errors == null) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(errors.redirect());
        }
        Process process = builder.start();
        try {
            said = Channels.newInputStream(output.started(Optional.of(process)));
            remarked = errors == null ? null : Channels.newInputStream(errors.started(Optional.of(process)));
            return process;
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Leaves the input of the process open: its end is what the watchdog waits for. */
    @Override
    public void setProcessInputStream(OutputStream input) {}

    @Override
    public void setProcessOutputStream(InputStream ofTheJdk) {
        super.setProcessOutputStream(said);
    }

    @Override
    public void setProcessErrorStream(InputStream ofTheJdk) {
        if (remarked != null) {
            super.setProcessErrorStream(remarked);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            output.close();
        } finally {
            if (errors != null) {
                errors.close();
            }
        }
    }
}
