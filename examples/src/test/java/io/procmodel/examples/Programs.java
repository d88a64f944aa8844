package io.procmodel.examples;

import java.nio.file.Files;
import java.nio.file.Path;

/** The programs of this machine. */
final class Programs {
    private Programs() {}

    /** The program of that name on the path, or null. */
    static Path find(String program) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path candidate = Path.of(directory, program);
            if (!directory.isEmpty() && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
