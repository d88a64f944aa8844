package io.procmodel.runtime.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link ForkServer} shall start.
 *
 * @param launch what was asked for; its output goes to files, or to what looks like one
 * @param doors the control groups that it enters first
 * @param mounting whether the server makes the mount, rather than the programs that can do it too
 */
record ForkRequest(Launch launch, List<String> doors, boolean mounting) {
    /** How the reason begins when it is the mount that has failed: nothing else was opened by then. */
    static final String UNMOUNTED = "cannot mount: ";

    ForkRequest(Launch launch, List<String> doors) {
        this(launch, doors, true);
    }

    /** The fields of the request, as the script takes them. */
    List<String> fields(long number) throws IOException {
        ProcessBuilder what = launch.what();
        Map<String, String> variables = launch.environment();
        Optional<Mount> mount = launch.mount().filter(asked -> mounting);
        List<String> fields = new ArrayList<>(List.of(
                "start",
                Long.toString(number),
                what.directory().toString(),
                launch.input().path(),
                launch.input().terminal() ? "terminal" : "",
                what.redirectOutput().file().toString(),
                what.redirectErrorStream() ? "" : what.redirectError().file().toString(),
                launch.deaf() ? Launch.STOP_SIGNALS : "",
                mount.map(asked -> asked.forUser() ? "user" : "root").orElse(""),
                mount.map(asked -> asked.base().toString()).orElse(""),
                mount.map(Mount::options).orElse(""),
                mount.map(Mount::place).orElse(""),
                Integer.toString(doors.size()),
                Integer.toString(variables.size())));
        fields.addAll(doors);
        variables.forEach((name, value) -> fields.add(name + "=" + value));
        for (String word : mounting ? what.command() : launch.command()) {
            if (word.indexOf('\0') >= 0) {
                throw new IOException("a NUL character in the command (expected: none, as no argument can hold one)");
            }
            fields.add(word);
        }
        return fields;
    }
}
