package io.procmodel.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.dyno.DynoName;
import io.procmodel.error.InvalidValueException;
import io.procmodel.error.ProcModelException;
import io.procmodel.formation.ByteSize;
import io.procmodel.formation.DynoSize;
import io.procmodel.procfile.EnvironmentLayer;
import io.procmodel.runtime.PortPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LocalRunIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private LocalRun run(String procfile, String... names) throws IOException {
        Files.writeString(directory.resolve("Procfile"), procfile);
        List<DynoName> speakers = List.of(names).stream().map(DynoName::parse).toList();
        return LocalRun.in(directory)
                .ports(PortPlan.free())
                .stopGrace(PATIENCE)
                .hostEnvironment(Map.of("PATH", System.getenv("PATH"), "FROM_HOST", "host"))
                .output(ForemanOutput.to(new PrintStream(printed, true, UTF_8), false, NOON, speakers));
    }

    private List<String> lines() {
        return printed.toString(UTF_8).lines().toList();
    }

    private void awaitLine(String line) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lines()).contains(line));
    }

    private LocalRunResult runToItsEnd(LocalRun run) {
        try (LocalProcesses processes = run.start()) {
            return processes.await(PATIENCE);
        }
    }

    @Test
    void sizesOfTheHostsOwnMayBeNamed() throws IOException {
        LocalRun plain = run("web: true\n").formation("web=2:tiny");
        assertThatThrownBy(plain::ports)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("Standard-1X");

        assertThat(plain.dynoSizes(DynoSize.custom("Tiny", ByteSize.ofMebibytes(32), 40))
                        .ports())
                .containsOnlyKeys(DynoName.parse("web.1"), DynoName.parse("web.2"));
    }

    @Test
    void printsLikeForemanAndStopsEverythingWhenOneProcessEnds() throws IOException {
        LocalRunResult result = runToItsEnd(run("""
                web: echo hello; until [ -e begun ]; do sleep 0.05; done; exit 3
                worker: echo working; : >begun; exec sleep 1000
                """, "web.1", "worker.1"));

        assertThat(lines())
                .contains(
                        "12:00:00 web.1    | hello",
                        "12:00:00 worker.1 | working",
                        "12:00:00 web.1    | exited with code 3",
                        "12:00:00 system   | sending SIGTERM to all processes",
                        "12:00:00 worker.1 | exited with code 143")
                .anyMatch(line -> line.matches("12:00:00 web\\.1    \\| started with pid \\d+"));
        assertThat(result.first().orElseThrow()).hasToString("web.1: exit status 3");
        assertThat(result.exits()).last().hasToString("worker.1: exit status 143 when stopped");
        assertThat(result.exitStatus()).isEqualTo(3);
    }

    @Test
    void theEnvironmentIsTheHostsThenTheFilesThenItsOwn() throws IOException {
        Files.writeString(directory.resolve(".env"), "FROM_HOST=file\nQUOTED=\"a b\"\n");
        runToItsEnd(run("web: echo \"$FROM_HOST|$QUOTED|$PS|$PORT|$(basename $PWD)\"\n", "web.1")
                .ports(PortPlan.fixed(Map.of("web.1", 17_456))));

        assertThat(lines()).contains("12:00:00 web.1  | file|a b|web.1|17456|" + directory.getFileName());
    }

    @Test
    void theHostMayWinOverTheFiles() throws IOException {
        Files.writeString(directory.resolve(".env"), "FROM_HOST=file\nFROM_FILE=file\n");
        runToItsEnd(run("web: echo \"$FROM_HOST|$FROM_FILE\"\n", "web.1")
                .precedence(EnvironmentLayer.HOST, EnvironmentLayer.FILES));

        assertThat(lines()).contains("12:00:00 web.1  | host|file");
    }

    @Test
    void formationAndReleaseFollowForeman() throws IOException {
        LocalRun run = run("release: echo never\na: echo $PS\nb: echo $PS\n", "a.1")
                .onExit("a", OnExit.IGNORE)
                .onExit("b", OnExit.IGNORE);

        runToItsEnd(run.formation("a=2"));

        assertThat(lines())
                .contains("12:00:00 a.1    | a.1", "12:00:00 a.2    | a.2")
                .noneMatch(line -> line.contains("| b.1") || line.contains("never"));
        assertThat(run.ports().keySet()).extracting(DynoName::toString).containsExactly("a.1", "b.1");
    }

    @Test
    void anIgnoredEndLetsTheOthersGoOn() throws IOException {
        LocalRun run = run("once: echo done\nweb: echo ready; exec sleep 1000\n", "once.1", "web.1")
                .onExit("once", OnExit.IGNORE);
        try (LocalProcesses processes = run.start()) {
            awaitLine("12:00:00 once.1 | exited with code 0");
            awaitLine("12:00:00 web.1  | ready");
            assertThatThrownBy(() -> processes.await(Duration.ofMillis(1)))
                    .isInstanceOf(ProcModelException.class)
                    .hasMessageContaining("still there: [web.1]");
        }
        assertThat(lines()).contains("12:00:00 web.1  | exited with code 143");
    }

    @Test
    void aRestartedProcessComesBackUntilTheRunIsStopped() throws IOException {
        LocalRun run = run("flaky: echo run; exit 1\n", "flaky.1").onExit("flaky", OnExit.RESTART);
        try (LocalProcesses processes = run.start()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(lines().stream().filter("12:00:00 flaky.1 | run"::equals))
                            .hasSizeGreaterThanOrEqualTo(2));
            processes.stop();
            assertThat(processes.await(PATIENCE).exitStatus()).isEqualTo(1);
        }
    }

    @Test
    void whatIgnoresSigtermIsKilledAfterTheGrace() throws IOException {
        LocalRun run = run("stubborn: trap '' TERM; echo ready; while :; do sleep 0.1; done\n", "stubborn.1")
                .stopGrace(Duration.ofMillis(300));
        try (LocalProcesses processes = run.start()) {
            awaitLine("12:00:00 stubborn.1 | ready");
            processes.stop();
            assertThat(processes.await(PATIENCE).exits())
                    .singleElement()
                    .hasToString("stubborn.1: exit status 137 when stopped");
        }
        assertThat(lines()).contains("12:00:00 system     | sending SIGKILL to all processes");
    }

    @Test
    void whatIsWrongIsFoundBeforeAnythingRuns() throws IOException {
        LocalRun run = run("web: touch ran\n", "web.1");

        assertThatThrownBy(() -> run.formation("clock=1").start()).isInstanceOf(ProcModelException.class);
        assertThatThrownBy(() -> run.envFiles(directory.resolve("missing.env")).start())
                .isInstanceOf(ProcModelException.class)
                .hasMessageContaining("missing.env");
        assertThatThrownBy(() -> run.onExit("clock", OnExit.IGNORE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("clock");
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalRun run =
                    run("web: touch ran\n", "web.1").ports(PortPlan.fixed(Map.of("web.1", taken.getLocalPort())));

            assertThatThrownBy(run::start)
                    .isInstanceOf(ProcModelException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " is in use");
        }
        assertThat(directory.resolve("ran")).doesNotExist();
    }
}
