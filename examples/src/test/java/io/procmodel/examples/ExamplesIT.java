package io.procmodel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ExamplesIT {
    private static final Path APPS = Path.of("apps").toAbsolutePath();
    private static final Map<String, String> THIS_JDK = Map.of("JAVA_HOME", System.getProperty("java.home"));

    @TempDir
    Path directory;

    /** The program of the API's design, as it stands there. */
    @Test
    void embedAnAppDoesWhatItsCommentsSay() throws IOException, InterruptedException {
        ExampleProgram program =
                ExampleProgram.run(EmbedAnApp.class, THIS_JDK, directory.resolve("home"), APPS.resolve("java"));

        assertThat(program.output()).startsWith("web.1 up", "web.2 up", "worker.1 up");
        assertThat(program.output())
                .anyMatch(line -> line.matches("v3 Deploy [0-9a-f]{8} at http://127\\.0\\.0\\.1:\\d+"))
                .anyMatch(
                        line -> line.matches(
                                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00 heroku\\[worker\\.1\\]: State changed from starting to up"))
                .contains("v5 Rollback to v3", "v4 Set GREETING config vars", "v1 Initial release");
        assertThat(program.status()).isZero();
    }

    @Test
    void theQuickstartDoesTheMainJobWithNode() throws IOException, InterruptedException {
        assumeTrue(isInstalled("node") && isInstalled("npm"), "SKIPPED: node or npm is missing");

        ExampleProgram program = ExampleProgram.run(Quickstart.class, Map.of(), APPS);

        assertThat(program.output())
                .anyMatch(line -> line.contains("node and npm are on the PATH"))
                .anyMatch(line -> line.contains("200 hello from web.2"))
                .anyMatch(line -> line.contains("200 bonjour from web.1"));
        assertThatItTellsTheWholeStory(program);
    }

    @Test
    void theQuickstartDoesTheMainJobWithTheJdkAloneAndSaysSo() throws IOException, InterruptedException {
        Path tools = directory.resolve("tools");
        Files.createDirectories(tools);
        for (String tool : new String[] {"sh", "bash", "setsid", "mkfifo", "env"}) {
            Path program = find(tool);
            if (program != null) {
                Files.createSymbolicLink(tools.resolve(tool), program);
            }
        }

        ExampleProgram program = ExampleProgram.run(Quickstart.class, Map.of("PATH", tools.toString()), APPS);

        assertThat(program.output())
                .anyMatch(line -> line.contains("node or npm is missing here, so an app that needs only the JDK"))
                .anyMatch(line -> line.contains("200 hello from web.2"))
                .anyMatch(line -> line.contains("200 bonjour from web.1"));
        assertThatItTellsTheWholeStory(program);
    }

    private static void assertThatItTellsTheWholeStory(ExampleProgram program) {
        assertThat(program.output())
                .as("no colour into a pipe")
                .noneMatch(line -> line.contains("\u001b["))
                .anyMatch(line -> line.contains("web.1      up v3  http://127.0.0.1:"))
                .anyMatch(line -> line.contains("heroku[web.1]: State changed from starting to up"))
                .anyMatch(line -> line.contains("v5         Rollback to v3"))
                .anyMatch(line -> line.contains("every process of every dyno is gone"));
        assertThat(program.status()).isZero();
    }

    private static boolean isInstalled(String program) {
        return find(program) != null;
    }

    private static Path find(String program) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path candidate = Path.of(directory, program);
            if (!directory.isEmpty() && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
