package io.procmodel.export;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;

/** Service directories for runit. */
final class RunitFiles {
    private RunitFiles() {}

    static List<ExportedFile> of(ExportPlan plan) {
        ImmutableList.Builder<ExportedFile> files = ImmutableList.builder();
        files.add(plan.shellEnvironment());
        plan.processes().forEach(process -> {
            files.add(run(plan, process));
            files.add(log(plan, process));
        });
        return files.build();
    }

    private static ExportedFile run(ExportPlan plan, ExportPlan.Unit process) {
        String variables = process.variables().entrySet().stream()
                .map(entry -> "export " + entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        String text = "#!/bin/sh\n"
                + "cd " + ShellText.quoted(plan.directory().toString()) + " || exit 111\n"
                + "set -a\n"
                + ". " + ShellText.quoted(plan.environmentFile().toString()) + "\n"
                + "set +a\n"
                + variables
                + "exec 2>&1 </dev/null\n"
                + "exec chpst -u " + plan.user() + " " + ExportPlan.SHELL + " -c "
                + ShellText.quoted(process.command()) + "\n";
        return new ExportedFile(plan.nameOf(process) + "/run", text, ExportedFile.Kind.PROGRAM);
    }

    private static ExportedFile log(ExportPlan plan, ExportPlan.Unit process) {
        String directory = ShellText.quoted(plan.logs().resolve(process.id()).toString());
        String text = "#!/bin/sh\nmkdir -p " + directory + "\nexec svlogd -tt " + directory + "\n";
        return new ExportedFile(plan.nameOf(process) + "/log/run", text, ExportedFile.Kind.PROGRAM);
    }
}
