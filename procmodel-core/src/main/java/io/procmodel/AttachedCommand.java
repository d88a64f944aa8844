package io.procmodel;

import static java.util.Objects.requireNonNull;

import io.procmodel.runtime.Attachment;
import io.procmodel.runtime.TerminalSize;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * A command whose one-off dyno will be attached to somebody: {@link #start} starts it. Its output goes there and not to the
 * app's log (Heroku: DYN-61). Immutable.
 */
public final class AttachedCommand {
    private final OneOffCommand command;
    private final Client client;

    /** Who will be attached. */
    private sealed interface Client {
        /** Somebody at two streams. */
        record Streams(InputStream input, OutputStream output, Optional<TerminalSize> terminal) implements Client {}

        /** Whoever sits at this program's own terminal, or what stands in for it. */
        record Inherited() implements Client {}
    }

    private AttachedCommand(OneOffCommand command, Client client) {
        this.command = command;
        this.client = client;
    }

    static AttachedCommand to(OneOffCommand command, InputStream input, OutputStream output) {
        return new AttachedCommand(
                command,
                new Client.Streams(requireNonNull(input, "input"), requireNonNull(output, "output"), Optional.empty()));
    }

    static AttachedCommand inherited(OneOffCommand command) {
        return new AttachedCommand(command, new Client.Inherited());
    }

    /**
     * Gives the dyno a terminal with a window of this size, with echo, Ctrl-C and job control; {@link OneOffDyno#resize}
     * changes it. What is attached to this program's own terminal has its size anyway, and keeps it.
     */
    public AttachedCommand terminal(TerminalSize size) {
        if (client instanceof Client.Streams streams) {
            return new AttachedCommand(
                    command, new Client.Streams(streams.input(), streams.output(), Optional.of(size)));
        }
        return this;
    }

    /**
     * Starts the dyno on the app's current release. Returns when the start is decided; {@link OneOffDyno#await} waits for the
     * end, until which the streams are in use. They are never closed; a thread of the platform may be in one more read of the
     * input after the end. When the output can no longer be written, the input fails, or neither was used for the time that
     * {@link io.procmodel.policy.AppPolicy#attachedIdle} says, the dyno is sent SIGHUP (Heroku: DYN-64, R16).
     *
     * @throws NothingDeployedException if the app has no slug yet
     * @throws OneOffLimitException if as many as may be are running
     * @throws PlatformClosedException if the platform is closed
     */
    public OneOffDyno start() {
        if (client instanceof Client.Streams streams) {
            return start(new Attachment(streams.input(), streams.terminal()), streams.output());
        }
        return HostTerminal.find()
                .map(terminal -> terminal.attach(command))
                .orElseGet(() -> start(new Attachment(System.in, Optional.empty()), System.out));
    }

    private OneOffDyno start(Attachment attachment, OutputStream output) {
        return command.startAttached(attachment, output, () -> {});
    }
}
