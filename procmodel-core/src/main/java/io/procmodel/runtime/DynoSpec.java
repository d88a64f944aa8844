package io.procmodel.runtime;

import static java.util.Objects.requireNonNull;

import io.procmodel.config.ConfigVars;
import io.procmodel.dyno.DynoName;
import io.procmodel.formation.DynoSize;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import java.util.Map;

/**
 * What a runtime is asked to run. Immutable; each method gives a changed copy.
 *
 * @param app the app
 * @param name the dyno's name
 * @param files the files it runs on
 * @param command the command, for a shell
 * @param config the config vars of its release, and what was added for this dyno alone
 * @param port which port it gets
 * @param size what it may use
 * @param output where its output goes; the runtime closes it after the last byte
 */
public record DynoSpec(
        AppName app,
        DynoName name,
        DynoFiles files,
        String command,
        ConfigVars config,
        PortRequest port,
        DynoSize size,
        LogSource output) {
    /** Checks that nothing is missing. */
    public DynoSpec {
        requireNonNull(app, "app");
        requireNonNull(name, "name");
        requireNonNull(files, "files");
        requireNonNull(command, "command");
        requireNonNull(config, "config");
        requireNonNull(port, "port");
        requireNonNull(size, "size");
        requireNonNull(output, "output");
    }

    /** A dyno without port and config vars, of the smallest size, whose output is forgotten. */
    public static DynoSpec of(AppName app, DynoName name, DynoFiles files, String command) {
        LogSource nowhere = LogSink.discarding().open(app, LogOrigin.app(name.toString()));
        return new DynoSpec(
                app, name, files, command, ConfigVars.empty(), PortRequest.NONE, DynoSize.STANDARD_1X, nowhere);
    }

    /** With these variables on top of those it has. */
    public DynoSpec config(Map<String, String> vars) {
        return config(config.withAll(vars));
    }

    /** With these config vars. */
    public DynoSpec config(ConfigVars vars) {
        return new DynoSpec(app, name, files, command, vars, port, size, output);
    }

    /** With a port. */
    public DynoSpec port(PortRequest request) {
        return new DynoSpec(app, name, files, command, config, request, size, output);
    }

    /** Of another size. */
    public DynoSpec size(DynoSize other) {
        return new DynoSpec(app, name, files, command, config, port, other, output);
    }

    /** With its output going there. */
    public DynoSpec output(LogSource source) {
        return new DynoSpec(app, name, files, command, config, port, size, source);
    }
}
