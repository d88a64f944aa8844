package io.procmodel.runtime.local;

import io.procmodel.runtime.DynoSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the process of a dyno is started with: its command line in the box, its directory and its environment.
 *
 * @param environment what every dyno sees of the host's environment
 * @param box what it is put in
 */
record ProcessSetup(Map<String, String> environment, Box box) {
    /** Describes the process that runs {@code shell}, with the output still to be set. */
    ProcessBuilder builder(DynoSpec spec, List<String> shell, DynoHome home, OptionalInt port) {
        ProcessBuilder builder = new ProcessBuilder(
                        box.commandLine(home, shell, spec.size().maxProcesses()))
                .directory(box.startDirectory(home).toFile());
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.putAll(variables(spec, home, port));
        return builder;
    }

    /** What is started, once it is known where the output goes. */
    Launch launch(ProcessBuilder builder, DynoHome home, StandardInput input) {
        return new Launch(builder, input.place(), box.isWall(), box.mount(home));
    }

    /** The platform's own variables come last: a config var cannot point a dyno at another's port or directory. */
    private Map<String, String> variables(DynoSpec spec, DynoHome home, OptionalInt port) {
        Map<String, String> variables = new LinkedHashMap<>(environment);
        if (home.isCopy()) {
            box.temporaryPath(home).ifPresent(temporary -> variables.put("TMPDIR", temporary));
        }
        variables.putAll(spec.environment().reveal());
        if (home.isCopy()) {
            variables.put("HOME", box.appPath(home));
        }
        variables.put("DYNO", spec.name().toString());
        variables.put("PS", spec.name().toString());
        port.ifPresent(number -> variables.put("PORT", Integer.toString(number)));
        return variables;
    }

    /** A command with the app's own profile before it. */
    static String command(String command, DynoHome home) {
        return home.isCopy() ? Profile.before(command, home.tree()) : command;
    }
}
