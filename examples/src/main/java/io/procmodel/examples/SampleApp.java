package io.procmodel.examples;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The app that the Quickstart deploys.
 *
 * @param directory its source tree
 * @param config config vars that it needs on this machine
 * @param reason why this one, for people
 */
record SampleApp(Path directory, Map<String, String> config, String reason) {

    /** The Node app where there is Node, else the one that needs only the JDK that is running this. */
    static SampleApp choose(Path apps) {
        if (isOnPath("node") && isOnPath("npm")) {
            return new SampleApp(
                    apps.resolve("node"), Map.of("NODE_ENV", "production"), "node and npm are on the PATH");
        }
        return new SampleApp(
                apps.resolve("java"),
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                "node or npm is missing here, so an app that needs only the JDK");
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory).resolve(program)));
    }
}
