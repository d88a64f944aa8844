package io.procmodel.export;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.procmodel.dyno.DynoName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything that a format needs to know, worked out.
 *
 * @param app the name of the app, the prefix of every name
 * @param directory where the app lies on the target
 * @param user whom it runs as
 * @param environmentFile where the environment file lies on the target
 * @param logs where logs go on the target
 * @param processes the dynos, in the order of the Procfile
 * @param environment the environment, secrets included
 */
record ExportPlan(
        String app,
        Path directory,
        String user,
        Path environmentFile,
        Path logs,
        List<Unit> processes,
        Map<String, String> environment) {
    static final String SHELL = "/bin/bash";
    static final int GRACE_SECONDS = 30;

    /** Reads the environment file as shell text, exports all of it, and becomes the command. */
    private static final String SOURCE_AND_RUN = "set -a; . \"$1\"; set +a; exec " + SHELL + " -c \"$2\"";

    /** One dyno. */
    record Unit(DynoName name, String command, int port) {
        /** With a hyphen for the dot, which not every format allows in a name. */
        String id() {
            return name.processType() + "-" + name.number();
        }

        /** What is no secret and differs from dyno to dyno. */
        Map<String, String> variables() {
            return ImmutableMap.of("PORT", Integer.toString(port), "DYNO", name.toString(), "PS", name.toString());
        }
    }

    ExportPlan {
        processes = ImmutableList.copyOf(processes);
        environment = ImmutableMap.copyOf(environment);
    }

    String nameOf(Unit process) {
        return app + "-" + process.id();
    }

    /** The words that run a unit's command after its environment file, for formats that cannot read that file. */
    List<String> sourcingCommand(Unit unit) {
        return List.of("/bin/sh", "-c", SOURCE_AND_RUN, "procmodel", environmentFile.toString(), unit.command());
    }

    /** The environment for formats that source it in a shell. */
    ExportedFile shellEnvironment() {
        StringBuilder text = new StringBuilder();
        environment.forEach((key, value) ->
                text.append(key).append('=').append(ShellText.quoted(value)).append('\n'));
        return new ExportedFile(app + ".env", text.toString(), ExportedFile.Kind.SECRET);
    }
}
