package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.policy.AppPolicy;
import io.procmodel.release.Release;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invariants 1 and 2 after {@code kill -9} of the host in the middle of its work. */
@EnabledOnOs(OS.LINUX)
class HostKilledIT {
    private static final String PROCFILE = """
            stubborn: trap '' TERM; (trap '' TERM; while :; do sleep 1; done) & wait
            worker: sleep 1000
            clock: sleep 1000
            """;
    private static final Duration AFTER_KILL = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What {@code nohup} does to a host, and more. */
    private static final List<String> IGNORING_SIGNALS =
            List.of("sh", "-c", "trap '' HUP PIPE USR1; exec \"$@\"", "ignoring");

    /** HUP, USR1 and PIPE: signal n is bit n - 1. */
    private static final long IGNORED = 1 | 1 << 9 | 1 << 12;

    @TempDir
    Path directory;

    private final TaggedProcesses processes = new TaggedProcesses();

    @ParameterizedTest(name = "killed after {0} acknowledged changes")
    @ValueSource(ints = {0, 1, 7, 25})
    void keepsWhatWasAcknowledgedAndLeavesNoProcess(int changes) throws IOException, InterruptedException {
        List<String> acknowledged = runAndKill(changes);

        Awaitility.await()
                .atMost(AFTER_KILL)
                .untilAsserted(() -> assertThat(processes.alive()).isEmpty());

        try (Platform platform = Platform.builder()
                .home(directory.resolve("home"))
                .policy(AppPolicy.HEROKU.everyType(type -> type.stopGrace(Duration.ofSeconds(1))))
                .open()) {
            App shop = platform.app("shop");
            List<Release> releases = new ArrayList<>(shop.releases().list());
            Collections.reverse(releases);

            assertThat(releases).extracting(Release::version).isEqualTo(versions(releases.size()));
            assertThat(releases).extracting(Release::name).containsAll(acknowledged);
            assertThat(releases.size()).isBetween(3 + acknowledged.size(), 3 + acknowledged.size() + 1);
            assertThat(shop.releases().verify().isIntact()).isTrue();
            for (Release release : releases.subList(3, releases.size())) {
                assertThat(release.config().asMap()).containsEntry("ROUND", "round-" + (release.version() - 3));
            }
            assertThat(shop.formation().current())
                    .hasToString("clock@0:Standard-1X stubborn@2:Standard-1X worker@2:Standard-1X");
            assertThat(shop.dynos().list()).hasSize(4);
        }
        assertThat(processes.alive()).isEmpty();
    }

    private static List<Integer> versions(int count) {
        List<Integer> versions = new ArrayList<>();
        for (int version = 1; version <= count; version++) {
            versions.add(version);
        }
        return versions;
    }

    private long ignoredByTheWorker() throws IOException {
        String worker = processes.alive().stream()
                .filter(process -> process.endsWith(" sleep 1000 "))
                .filter(process -> TaggedProcesses.variable(process, "DYNO").startsWith("worker."))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the worker does not sleep yet"));
        String pid = worker.substring(0, worker.indexOf(' '));
        return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16))
                .findFirst()
                .orElseThrow();
    }

    private List<String> runAndKill(int changes) throws IOException, InterruptedException {
        SampleSources.procfile(directory.resolve("source"), PROCFILE);
        List<String> command = new ArrayList<>(IGNORING_SIGNALS);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledHost.class.getName(),
                directory.resolve("home").toString(),
                directory.resolve("source").toString(),
                processes.value()));
        Process host = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = host.inputReader()) {
            // The host may log to the same stream.
            Iterator<String> words =
                    output.lines().filter(line -> line.matches("up|v\\d+")).iterator();
            assertThat(words.next()).isEqualTo("up");
            assertThat(processes.alive()).isNotEmpty();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class) // of a worker that has just been replaced
                    .untilAsserted(() -> assertThat(ignoredByTheWorker() & IGNORED)
                            .as("signals that the worker ignores, as its host does")
                            .isZero());
            List<String> acknowledged = new ArrayList<>();
            while (acknowledged.size() < changes) {
                acknowledged.add(words.next());
            }
            // Through its handle: Process.destroyForcibly would close the stream with the last acknowledgements.
            host.toHandle().destroyForcibly();
            words.forEachRemaining(acknowledged::add);
            assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return acknowledged;
        } finally {
            host.destroyForcibly();
        }
    }
}
