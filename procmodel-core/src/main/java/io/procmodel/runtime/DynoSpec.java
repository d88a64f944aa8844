package io.procmodel.runtime;

import static java.util.Objects.requireNonNull;

import io.procmodel.dyno.DynoName;
import io.procmodel.formation.DynoSize;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import io.procmodel.policy.Readiness;
import java.util.Map;
import java.util.Optional;

/**
 * What a runtime is asked to run. Immutable; each method gives a changed copy.
 *
 * @param app the app
 * @param name the dyno's name
 * @param files the files it runs on
 * @param command the command, for a shell
 * @param environment its config vars, and what else the host gives it; what belongs to the machine is added
 * @param port which port it gets
 * @param size what it may use
 * @param output where its output goes; the runtime closes it after the last byte
 * @param readiness what it has to show, if it has a port, before it counts as listening
 * @param attachment who is at its standard input; empty for nobody, which is an input at its end
 */
public record DynoSpec(
        AppName app,
        DynoName name,
        DynoFiles files,
        String command,
        Environment environment,
        PortRequest port,
        DynoSize size,
        LogSource output,
        Readiness readiness,
        Optional<Attachment> attachment) {
    /** Checks that nothing is missing. */
    public DynoSpec {
        requireNonNull(app, "app");
        requireNonNull(name, "name");
        requireNonNull(files, "files");
        requireNonNull(command, "command");
        requireNonNull(environment, "environment");
        requireNonNull(port, "port");
        requireNonNull(size, "size");
        requireNonNull(output, "output");
        requireNonNull(readiness, "readiness");
        requireNonNull(attachment, "attachment");
    }

    /** A dyno without port and variables, of the smallest size, whose output is forgotten. */
    public static DynoSpec of(AppName app, DynoName name, DynoFiles files, String command) {
        LogSource nowhere = LogSink.discarding().open(app, LogOrigin.app(name.toString()));
        return new DynoSpec(
                app,
                name,
                files,
                command,
                Environment.empty(),
                PortRequest.NONE,
                DynoSize.STANDARD_1X,
                nowhere,
                Readiness.PORT,
                Optional.empty());
    }

    /** With these variables on top of those it has. */
    public DynoSpec environment(Map<String, String> more) {
        return new DynoSpec(
                app, name, files, command, environment.with(more), port, size, output, readiness, attachment);
    }

    /** With a port. */
    public DynoSpec port(PortRequest request) {
        return new DynoSpec(app, name, files, command, environment, request, size, output, readiness, attachment);
    }

    /** Of another size. */
    public DynoSpec size(DynoSize other) {
        return new DynoSpec(app, name, files, command, environment, port, other, output, readiness, attachment);
    }

    /** With its output going there. */
    public DynoSpec output(LogSource source) {
        return new DynoSpec(app, name, files, command, environment, port, size, source, readiness, attachment);
    }

    /** With more to show than an open port. */
    public DynoSpec readiness(Readiness other) {
        return new DynoSpec(app, name, files, command, environment, port, size, output, other, attachment);
    }

    /** With somebody at its standard input. */
    public DynoSpec attachment(Attachment other) {
        return new DynoSpec(app, name, files, command, environment, port, size, output, readiness, Optional.of(other));
    }
}
