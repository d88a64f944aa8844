package io.procmodel.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.examples.ExampleProgram.Typed;
import io.procmodel.log.LogEntry;
import io.procmodel.logplex.LogQuery;
import io.procmodel.logplex.Logplex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@DisabledOnOs(OS.WINDOWS)
class ExamplesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path APPS = Path.of("apps").toAbsolutePath();
    private static final Map<String, String> THIS_JDK = Map.of("JAVA_HOME", System.getProperty("java.home"));

    @TempDir
    Path directory;

    /** The program of the API's design, as it stands there. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void embedAnAppDoesWhatItsCommentsSay() throws IOException, InterruptedException {
        ExampleProgram program =
                ExampleProgram.run(EmbedAnApp.class, THIS_JDK, directory.resolve("home"), APPS.resolve("java"));

        assertThat(program.output()).containsSubsequence("web.1 up", "web.2 up", "worker.1 up");
        assertThat(program.output())
                .anyMatch(line -> line.matches("v3 Deploy [0-9a-f]{8} at http://127\\.0\\.0\\.1:\\d+"))
                .anyMatch(line -> line.matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00 (app|heroku)\\[worker\\.1\\]: .+"))
                .contains("v5 Rollback to v3", "v4 Set GREETING config vars", "v1 Initial release");
        assertThat(program.status()).isZero();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void threeClocksAreKilledOneByOneAndNothingRunsTwice() throws IOException, InterruptedException {
        ExampleProgram program = ExampleProgram.run(ThreeClocks.class, THIS_JDK, directory.resolve("clocks"));

        assertThat(program.output())
                .contains("ada was killed", "bob was killed", "cyd was killed")
                .anyMatch(line -> line.endsWith(" leads with token 1"))
                .anyMatch(line -> line.endsWith(" leads with token 2"))
                .anyMatch(line -> line.endsWith(" leads with token 3"));
        assertThat(program.output().stream()
                        .filter(line -> line.endsWith(" SUCCEEDED"))
                        .map(line -> line.split(" ", -1)[1]))
                .hasSizeGreaterThanOrEqualTo(10)
                .doesNotHaveDuplicates();
        assertThat(program.status()).isZero();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void oneOffDynosRunAndSayHowTheyEnded() throws IOException, InterruptedException {
        ExampleProgram program = ExampleProgram.run(
                RunOnce.class, THIS_JDK, directory.resolve("home"), APPS.resolve("java"), Path.of("echo here; exit 4"));

        assertThat(program.output())
                .containsSubsequence("run.1 ended with 3", "run.2: hello", "here", "the session ended with 4");
        assertThat(program.status()).isZero();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
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
    @Execution(ExecutionMode.CONCURRENT)
    void theQuickstartDoesTheMainJobWithTheJdkAloneAndSaysSo() throws IOException, InterruptedException {
        Path tools = directory.resolve("tools");
        Files.createDirectories(tools);
        for (String tool : new String[] {"sh", "bash", "setsid", "mkfifo", "env"}) {
            Path program = Programs.find(tool);
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

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void theShellAppNeedsOnlyAShell() {
        try (Logplex logplex = Logplex.create();
                Platform platform = Platform.builder()
                        .home(directory.resolve("home"))
                        .logs(logplex)
                        .open()) {
            App app = platform.createApp("shell");
            app.deploy(Source.directory(APPS.resolve("shell")));
            app.formation().scale("worker=2", "clock=1");
            app.dynos().awaitUp(PATIENCE);

            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(logplex.channel("shell").recent(LogQuery.dyno("worker.2")))
                            .extracting(LogEntry::text)
                            .contains("waiting for work", "job 1 done"));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void startRunsAProcfileWhereItLies() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("Procfile"), "web: echo \"on $PORT\"; exit 7\n");

        ExampleProgram program = ExampleProgram.run(Start.class, Map.of("PORT", "15000"), directory);

        assertThat(program.output()).anyMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d web\\.1  \\| on 15000"));
        assertThat(program.status()).isEqualTo(7);
    }

    /** Two apps in one window, and filters typed while they run. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void tailFollowsSeveralAppsWithTheFiltersThatAreTyped() throws IOException, InterruptedException {
        for (String app : List.of("shop", "blog")) {
            Path sources = Files.createDirectory(directory.resolve(app));
            Files.writeString(sources.resolve("Procfile"), "web: while sleep 0.1; do echo GET; echo POST; done\n");
        }

        List<String> output = ExampleProgram.talk(
                Tail.class,
                List.of(directory.resolve("shop"), directory.resolve("blog")),
                List.of(
                        new Typed("shop \\d.* web\\.1 .*\\| GET", "stats"),
                        new Typed("blog \\d.* web\\.1 .*\\| POST", "app=shop text:POST"),
                        new Typed("-- app=shop text:POST", "type=("),
                        new Typed("-- .*column 6.*", "stats"),
                        new Typed("shop \\d.* web\\.1 .*\\| POST", "quit")));

        assertThat(output).anyMatch(line -> line.matches("shop \\d\\d:\\d\\d:\\d\\d web\\.1 .*\\| GET"));
        List<String> filtered = output.subList(output.indexOf("-- app=shop text:POST") + 1, output.size());
        assertThat(filtered)
                .filteredOn(line -> !line.startsWith("-- "))
                .allMatch(line -> line.startsWith("shop ") && line.endsWith("| POST"));
    }

    private static void assertThatItTellsTheWholeStory(ExampleProgram program) {
        assertThat(program.output())
                .as("no colour into a pipe")
                .noneMatch(line -> line.contains("\u001b["))
                .anyMatch(line -> line.contains("web.1      up v3  http://127.0.0.1:"))
                .as("the last lines of the log; how many of the start are among them depends on the machine's load")
                .anyMatch(line -> line.matches(".* (app|heroku)\\[(web|worker)\\.\\d]: .*"))
                .anyMatch(line -> line.contains("v5         Rollback to v3"))
                .anyMatch(line -> line.contains("every process of every dyno is gone"));
        assertThat(program.status()).isZero();
    }

    private static boolean isInstalled(String program) {
        return Programs.find(program) != null;
    }
}
