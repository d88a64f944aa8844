package io.procmodel.export;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;

/** A compose file. Strings are in double quotes as JSON has them, which YAML reads alike. */
final class ComposeFiles {
    private static final char FIRST_PRINTABLE = ' ';

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

    /** Values in double quotes, where compose knows these escapes. */
    private static ExportedFile environment(ExportPlan plan) {
        StringBuilder text = new StringBuilder();
        plan.environment()
                .forEach((key, value) -> text.append(key)
                        .append("=\"")
                        .append(value.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("$", "\\$")
                                .replace("\n", "\\n")
                                .replace("\r", "\\r"))
                        .append("\"\n"));
        return new ExportedFile(plan.app() + ".env", text.toString(), ExportedFile.Kind.SECRET);
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
