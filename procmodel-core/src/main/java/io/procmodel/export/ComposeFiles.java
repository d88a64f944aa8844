package io.procmodel.export;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;

/** A compose file. Strings are in double quotes as JSON has them, which YAML reads alike. */
final class ComposeFiles {
    private static final char FIRST_PRINTABLE = ' ';

    /** What needs no quotes: a backslash is none before any of these. */
    private static final CharMatcher PLAIN = CharMatcher.inRange('a', 'z')
            .or(CharMatcher.inRange('A', 'Z'))
            .or(CharMatcher.inRange('0', '9'))
            .or(CharMatcher.anyOf("_-./:@%+,=\\"));

    /** What versions of compose read differently in single quotes. */
    private static final CharMatcher NOT_RAW = CharMatcher.anyOf("'\r");

    private ComposeFiles() {}

    static List<ExportedFile> of(ExportPlan plan) {
        String services =
                plan.processes().stream().map(process -> service(plan, process)).collect(Collectors.joining());
        String text = "services:" + (services.isEmpty() ? " {}\n" : "\n" + services);
        return ImmutableList.of(environment(plan), new ExportedFile("compose.yaml", text, ExportedFile.Kind.PLAIN));
    }

    private static String service(ExportPlan plan, ExportPlan.Unit process) {
        String variables = process.variables().entrySet().stream()
                .map(entry -> "      " + entry.getKey() + ": " + string(entry.getValue()) + "\n")
                .collect(Collectors.joining());
        return "  " + process.id() + ":\n"
                + "    image: " + plan.app() + "\n"
                + "    command: [" + string(ExportPlan.SHELL) + ", \"-c\", " + string(process.command()) + "]\n"
                + "    env_file: " + plan.app() + ".env\n"
                + "    environment:\n" + variables
                + "    init: true\n"
                + "    restart: always\n"
                + "    stop_grace_period: " + ExportPlan.GRACE_SECONDS + "s\n";
    }

    private static ExportedFile environment(ExportPlan plan) {
        StringBuilder text = new StringBuilder();
        plan.environment()
                .forEach((key, value) ->
                        text.append(key).append('=').append(value(value)).append('\n'));
        return new ExportedFile(plan.app() + ".env", text.toString(), ExportedFile.Kind.SECRET);
    }

    /**
     * The form of a value that every version of compose reads alike. Only where there is none, as for a quote or a brace
     * beside a dollar, it is the one of today's versions, which version 1 did not know.
     */
    private static String value(String value) {
        if (PLAIN.matchesAllOf(value) && !value.isEmpty()) {
            return value;
        }
        boolean raw = NOT_RAW.matchesNoneOf(value) && !value.contains("\\\\") && !value.endsWith("\\");
        return raw ? "'" + value + "'" : doubleQuoted(value);
    }

    private static String doubleQuoted(String value) {
        return '"'
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("$", "\\$")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    /** A dollar is doubled, for compose would put a variable in its place. */
    private static String string(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '$' -> quoted.append("$$");
                default -> quoted.append(c < FIRST_PRINTABLE ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return quoted.append('"').toString();
    }
}
