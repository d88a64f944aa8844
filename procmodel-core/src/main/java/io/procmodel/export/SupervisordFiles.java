package io.procmodel.export;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration for supervisord. It has no environment file of its own, so a shell reads ours first.
 *
 * <p>A command line passes three readers there: the one of the file, which cuts at a blank and {@code ;} or {@code #}; the
 * expansion of {@code %}; and a split into words as in a shell. A backslash before every special character satisfies all
 * three, where quotes would not hold off the first.
 */
final class SupervisordFiles {
    private static final char LAST_ASCII = 0x7f;

    private SupervisordFiles() {}

    static List<ExportedFile> of(ExportPlan plan) {
        String programs =
                plan.processes().stream().map(process -> program(plan, process)).collect(Collectors.joining("\n"));
        String names = plan.processes().stream().map(plan::nameOf).collect(Collectors.joining(","));
        String text = programs + "\n[group:" + plan.app() + "]\nprograms=" + names + "\n";
        return ImmutableList.of(
                plan.shellEnvironment(), new ExportedFile(plan.app() + ".conf", text, ExportedFile.Kind.PLAIN));
    }

    private static String program(ExportPlan plan, ExportPlan.Unit process) {
        String command = plan.sourcingCommand(process).stream()
                .map(SupervisordFiles::word)
                .collect(Collectors.joining(" "));
        String variables = process.variables().entrySet().stream()
                .map(entry -> entry.getKey() + "=\"" + entry.getValue() + "\"")
                .collect(Collectors.joining(","));
        return "[program:" + plan.nameOf(process) + "]\n"
                + "command=" + command + "\n"
                + "directory=" + plan.directory().toString().replace("%", "%%") + "\n"
                + "user=" + plan.user() + "\n"
                + "environment=" + variables + "\n"
                + "autostart=true\n"
                + "autorestart=true\n"
                + "stopsignal=TERM\n"
                + "stopasgroup=true\n"
                + "killasgroup=true\n"
                + "stopwaitsecs=" + ExportPlan.GRACE_SECONDS + "\n"
                + "redirect_stderr=true\n"
                + "stdout_logfile=" + plan.logs().resolve(process.id() + ".log") + "\n";
    }

    static String word(String text) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain =
                    c > LAST_ASCII || (c < LAST_ASCII && Character.isLetterOrDigit(c)) || "/._-+:,@".indexOf(c) >= 0;
            word.append(plain ? "" : "\\").append(c == '%' ? "%%" : String.valueOf(c));
        }
        return word.toString();
    }
}
