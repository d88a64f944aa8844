package io.procmodel;

import static java.util.Objects.requireNonNull;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.error.InvalidValueException;
import io.procmodel.formation.DynoSize;
import io.procmodel.release.Release;
import io.procmodel.runtime.Attachment;
import io.procmodel.runtime.Environment;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command to be run in a one-off dyno, what {@code heroku run} takes: {@link #detached} or {@link #capture} starts it.
 * Immutable; each method gives a changed copy, and one command may be started any number of times.
 */
public final class OneOffCommand {
    private static final String RUN = "run";
    private static final String USUAL_TERMINAL = "xterm";

    private final OneOffDesk desk;
    private final String command;
    private final String type;
    private final @Nullable DynoSize size;
    private final Map<String, String> environment;
    private final @Nullable Duration timeToLive;

    OneOffCommand(OneOffDesk desk, String command) {
        this(
                desk,
                check(command),
                OneOffScope.current().map(OneOffScope::type).orElse(RUN),
                null,
                OneOffScope.current().map(OneOffScope::environment).orElse(Map.of()),
                null);
    }

    private OneOffCommand(
            OneOffDesk desk,
            String command,
            String type,
            @Nullable DynoSize size,
            Map<String, String> environment,
            @Nullable Duration timeToLive) {
        this.desk = desk;
        this.command = command;
        this.type = type;
        this.size = size;
        this.environment = environment;
        this.timeToLive = timeToLive;
    }

    private static String check(String command) {
        if (command.isBlank() || command.indexOf('\0') >= 0) {
            throw new InvalidValueException("command", command, "a command for a shell, not blank and without NUL");
        }
        return command;
    }

    /**
     * The size of the dyno, by name, old names included; without it the size of the process type {@code run}, which is
     * Standard-1X unless the formation says otherwise (Heroku: DYN-70).
     *
     * @throws InvalidValueException if there is no such size
     */
    public OneOffCommand size(String name) {
        return size(desk.size(name));
    }

    /** The size of the dyno; see {@link #size(String)}. */
    public OneOffCommand size(DynoSize other) {
        return new OneOffCommand(desk, command, type, requireNonNull(other, "size"), environment, timeToLive);
    }

    /**
     * One more variable for this dyno only; it wins over a config var of the same name (Heroku: DYN-69).
     *
     * @throws InvalidValueException if the name is empty or holds {@code =} or NUL, or the value holds NUL
     */
    public OneOffCommand env(String name, String value) {
        return env(Map.of(name, value));
    }

    /** More variables for this dyno only; see {@link #env(String, String)}. */
    public OneOffCommand env(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new OneOffCommand(desk, command, type, size, Environment.of(all).reveal(), timeToLive);
    }

    /**
     * How long the dyno may run; then it is stopped like any dyno, with signal, grace and SIGKILL (Heroku: DYN-67).
     *
     * @throws InvalidValueException if it is not more than zero
     */
    public OneOffCommand timeToLive(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new InvalidValueException("time to live", limit.toString(), "more than zero");
        }
        return new OneOffCommand(desk, command, type, size, environment, limit);
    }

    /**
     * The first part of the dyno's name, {@code run} if nothing else is said (Heroku: DYN-71). Its signal and grace are those
     * of that process type in the policy.
     *
     * @throws InvalidValueException if it cannot be the name of a process type
     */
    public OneOffCommand type(String other) {
        return new OneOffCommand(desk, command, new DynoName(other, 1).processType(), size, environment, timeToLive);
    }

    /**
     * Starts the dyno on the app's current release, with its output in the app's log (Heroku: DYN-61). A first word that is
     * the name of a process type stands for its command, and the further words are appended (PROC-25). Returns when the
     * start is decided; {@link OneOffDyno#await} waits for the end.
     *
     * @throws NothingDeployedException if the app has no slug yet
     * @throws OneOffLimitException if as many as may be are running
     * @throws PlatformClosedException if the platform is closed
     */
    public OneOffDyno detached() {
        return desk.start(spec());
    }

    /**
     * Runs the dyno to its end and gives its output, which does not go to the log. A dyno that has not ended in time is
     * stopped.
     *
     * @throws OneOffTimeoutException if time runs out; the message has the last lines that it printed
     * @throws NothingDeployedException if the app has no slug yet
     * @throws OneOffLimitException if as many as may be are running
     * @throws PlatformClosedException if the platform is closed, or is being closed meanwhile
     */
    public OneOffResult capture(Duration timeout) {
        CapturedOutput output = new CapturedOutput();
        OneOffDyno dyno = desk.start(spec().output(output));
        try {
            dyno.await(timeout);
        } finally {
            dyno.stop();
        }
        Exit exit = dyno.exit().orElseThrow();
        return new OneOffResult(exit, output.bytes(), output.dropped());
    }

    /**
     * Attaches the dyno to two streams: what is read from {@code input} is the dyno's standard input, and its output is
     * written to {@code output}. {@link AttachedCommand#start} starts it.
     */
    public AttachedCommand attach(InputStream input, OutputStream output) {
        return AttachedCommand.to(this, input, output);
    }

    /**
     * Attaches the dyno to this program's own standard input and output, with a terminal if they are one: then every key goes
     * to the dyno, Ctrl-C too, until it ends. {@link AttachedCommand#start} starts it.
     */
    public AttachedCommand inheritIo() {
        return AttachedCommand.inherited(this);
    }

    /** Heroku's client sends {@code TERM}, {@code COLUMNS} and {@code LINES} with a terminal (DYN-42). */
    OneOffDyno startAttached(Attachment attachment, OutputStream output, Runnable onEnd) {
        OneOffSpec spec = spec().client(new OneOffSpec.Client(attachment, output, onEnd));
        Map<String, String> all = new LinkedHashMap<>();
        attachment.terminal().ifPresent(size -> {
            all.put("TERM", USUAL_TERMINAL);
            all.put("COLUMNS", Integer.toString(size.columns()));
            all.put("LINES", Integer.toString(size.rows()));
        });
        all.putAll(environment);
        return desk.start(spec.environment(all));
    }

    private OneOffSpec spec() {
        Release release = desk.current();
        String expanded = ProcessTypeCommand.expand(release.processTypes(), command);
        return OneOffSpec.of(release, type, expanded, desk.user())
                .size(size == null ? desk.defaultSize(RUN) : size)
                .environment(environment)
                .timeToLive(timeToLive);
    }
}
