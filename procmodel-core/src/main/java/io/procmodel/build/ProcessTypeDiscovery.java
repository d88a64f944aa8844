package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import io.procmodel.procfile.ProcessType;
import io.procmodel.procfile.Procfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds out what a built app can run (Heroku: PROC-16 to PROC-18). */
final class ProcessTypeDiscovery {
    private static final String FILE_NAME = "Procfile";

    private final Path directory;

    ProcessTypeDiscovery(Path directory) {
        this.directory = directory;
    }

    /**
     * The types of the Procfile, in its order, then those defaults that it does not name.
     *
     * @throws NoProcessTypesException if that makes none
     */
    List<ProcessType> find(String buildpackName, List<ProcessType> defaults, BuildOutput output) {
        boolean hasProcfile = Files.isRegularFile(directory.resolve(FILE_NAME));
        List<ProcessType> declared = hasProcfile ? read(output) : ImmutableList.of();
        tell(declared, buildpackName, defaults, output);
        Map<String, ProcessType> types = new LinkedHashMap<>();
        declared.forEach(type -> types.put(type.name(), type));
        defaults.forEach(type -> types.putIfAbsent(type.name(), type));
        if (types.isEmpty()) {
            throw new NoProcessTypesException(
                    hasProcfile ? "The Procfile declares no process types" : "There is no Procfile",
                    RootFiles.of(directory));
        }
        return ImmutableList.copyOf(types.values());
    }

    private List<ProcessType> read(BuildOutput output) {
        Procfile procfile = Procfile.reader().read(directory.resolve(FILE_NAME), FILE_NAME);
        procfile.diagnostics().forEach(finding -> output.warning(FILE_NAME + ":" + finding));
        return procfile.processTypes();
    }

    private static void tell(
            List<ProcessType> declared, String buildpackName, List<ProcessType> defaults, BuildOutput output) {
        output.step("Discovering process types");
        if (defaults.isEmpty()) {
            output.detail("Procfile declares types -> " + names(declared));
        } else {
            String label = "Default types for " + buildpackName;
            int width = Math.max(label.length(), "Procfile declares types".length());
            output.detail(padded("Procfile declares types", width) + " -> " + names(declared));
            output.detail(padded(label, width) + " -> " + names(defaults));
        }
    }

    private static String padded(String label, int width) {
        return label + " ".repeat(width - label.length());
    }

    private static String names(List<ProcessType> types) {
        return types.isEmpty()
                ? "(none)"
                : types.stream().map(ProcessType::name).collect(Collectors.joining(", "));
    }
}
