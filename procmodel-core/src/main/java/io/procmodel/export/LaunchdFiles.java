package io.procmodel.export;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.InvalidValueException;
import java.util.List;
import java.util.stream.Collectors;

/** Property lists for launchd. */
final class LaunchdFiles {
    private LaunchdFiles() {}

    static List<ExportedFile> of(ExportPlan plan) {
        ImmutableList.Builder<ExportedFile> files = ImmutableList.builder();
        files.add(plan.shellEnvironment());
        plan.processes().forEach(process -> files.add(job(plan, process)));
        return files.build();
    }

    private static ExportedFile job(ExportPlan plan, ExportPlan.Unit process) {
        String arguments = plan.sourcingCommand(process).stream()
                .map(argument -> "    <string>" + xml(process, argument) + "</string>\n")
                .collect(Collectors.joining());
        String variables = process.variables().entrySet().stream()
                .map(entry -> "    <key>" + entry.getKey() + "</key>\n    <string>" + entry.getValue() + "</string>\n")
                .collect(Collectors.joining());
        String log = xml(process, plan.logs().resolve(process.id() + ".log").toString());
        String text = """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
                <plist version="1.0">
                <dict>
                """
                + string("Label", plan.nameOf(process))
                + "  <key>ProgramArguments</key>\n  <array>\n" + arguments + "  </array>\n"
                + "  <key>EnvironmentVariables</key>\n  <dict>\n" + variables + "  </dict>\n"
                + string("WorkingDirectory", xml(process, plan.directory().toString()))
                + string("UserName", plan.user())
                + string("StandardOutPath", log)
                + string("StandardErrorPath", log)
                + "  <key>KeepAlive</key>\n  <true/>\n"
                + "  <key>RunAtLoad</key>\n  <true/>\n"
                + "  <key>ExitTimeOut</key>\n  <integer>" + ExportPlan.GRACE_SECONDS + "</integer>\n"
                + "</dict>\n</plist>\n";
        return new ExportedFile(plan.nameOf(process) + ".plist", text, ExportedFile.Kind.PLAIN);
    }

    private static String string(String key, String value) {
        return "  <key>" + key + "</key>\n  <string>" + value + "</string>\n";
    }

    /** XML 1.0 has no way to write most control characters. */
    private static String xml(ExportPlan.Unit process, String text) {
        boolean impossible = text.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r');
        if (impossible) {
            throw new InvalidValueException("command of " + process.name(), text, "no control characters, for launchd");
        }
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#13;");
    }
}
