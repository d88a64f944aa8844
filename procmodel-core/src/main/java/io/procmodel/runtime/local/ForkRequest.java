package io.procmodel.runtime.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a {@link ForkServer} shall start.
 *
 * @param what the command, its directory, its environment and the files that its output goes to
 * @param input its standard input
 * @param doors the control groups that it enters first
 */
record ForkRequest(ProcessBuilder what, StandardInput.Place input, List<String> doors) {
    /** The fields of the request, as the script takes them. */
    List<String> fields(long number) throws IOException {
        Map<String, String> variables = what.environment();
        List<String> fields = new ArrayList<>(List.of(
                "start",
                Long.toString(number),
                what.directory().toString(),
                input.path(),
                input.terminal() ? "terminal" : "",
                what.redirectOutput().file().toString(),
                what.redirectErrorStream() ? "" : what.redirectError().file().toString(),
                Integer.toString(doors.size()),
                Integer.toString(variables.size())));
        fields.addAll(doors);
        variables.forEach((name, value) -> {
            fields.add(name);
            fields.add(value);
        });
        for (String word : what.command()) {
            if (word.indexOf('\0') >= 0) {
                throw new IOException("a NUL character in the command (expected: none, as no argument can hold one)");
            }
            fields.add(word);
        }
        return fields;
    }
}
