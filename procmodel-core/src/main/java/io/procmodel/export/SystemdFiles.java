package io.procmodel.export;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** Units for systemd. A stop is SIGTERM to every process of the service, 30 s, SIGKILL, as on the platform. */
final class SystemdFiles {
    private static final char LAST_CONTROL = 0x1f;

    private SystemdFiles() {}

    static List<ExportedFile> of(ExportPlan plan) {
        ImmutableList.Builder<ExportedFile> files = ImmutableList.builder();
        files.add(environment(plan));
        files.add(target(plan));
        plan.processes().forEach(process -> files.add(service(plan, process)));
        return files.build();
    }

    private static ExportedFile environment(ExportPlan plan) {
        StringBuilder text = new StringBuilder();
        plan.environment()
                .forEach((key, value) -> text.append(key)
                        .append("=\"")
                        .append(inEnvironmentFile(value))
                        .append("\"\n"));
        return new ExportedFile(plan.app() + ".env", text.toString(), ExportedFile.Kind.SECRET);
    }

    private static ExportedFile target(ExportPlan plan) {
        StringBuilder text =
                new StringBuilder("[Unit]\nDescription=").append(plan.app()).append('\n');
        plan.processes()
                .forEach(process ->
                        text.append("Wants=").append(plan.nameOf(process)).append(".service\n"));
        text.append("\n[Install]\nWantedBy=multi-user.target\n");
        return new ExportedFile(plan.app() + ".target", text.toString(), ExportedFile.Kind.PLAIN);
    }

    private static ExportedFile service(ExportPlan plan, ExportPlan.Unit process) {
        StringBuilder variables = new StringBuilder();
        process.variables()
                .forEach((key, value) -> variables
                        .append("Environment=")
                        .append(key)
                        .append('=')
                        .append(value)
                        .append('\n'));
        String text = "[Unit]\n"
                + "Description=" + process.name() + " of " + plan.app() + "\n"
                + "PartOf=" + plan.app() + ".target\n\n"
                + "[Service]\n"
                + "User=" + plan.user() + "\n"
                + "WorkingDirectory=" + specifiersEscaped(plan.directory().toString()) + "\n"
                + "EnvironmentFile=" + specifiersEscaped(plan.environmentFile().toString()) + "\n"
                + variables
                + "ExecStart=" + ExportPlan.SHELL + " -c " + argument(process.command()) + "\n"
                + "StandardInput=null\n"
                + "SyslogIdentifier=" + plan.app() + "." + process.name() + "\n"
                + "Restart=always\n"
                + "RestartSec=1\n"
                + "KillMode=control-group\n"
                + "TimeoutStopSec=" + ExportPlan.GRACE_SECONDS + "\n\n"
                + "[Install]\n"
                + "WantedBy=" + plan.app() + ".target\n";
        return new ExportedFile(plan.nameOf(process) + ".service", text, ExportedFile.Kind.PLAIN);
    }

    /** One quoted argument of ExecStart, where $ and % have a meaning even inside quotes. */
    static String argument(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '$', '%' -> quoted.append(c).append(c);
                default -> {
                    if (c <= LAST_CONTROL) {
                        quoted.append(String.format("\\x%02x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** Inside double quotes of an environment file a backslash escapes these four; a line break may stand as it is. */
    private static String inEnvironmentFile(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("$", "\\$")
                .replace("`", "\\`");
    }

    private static String specifiersEscaped(String path) {
        return path.replace("%", "%%");
    }
}
