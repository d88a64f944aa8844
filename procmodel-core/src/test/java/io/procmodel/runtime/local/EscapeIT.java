package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.dyno.DynoName;
import io.procmodel.formation.ByteSize;
import io.procmodel.formation.DynoSize;
import io.procmodel.name.AppName;
import io.procmodel.policy.StopSignal;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.DynoFiles;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.Isolation;
import io.procmodel.runtime.ObservedDyno;
import io.procmodel.slug.FileSlugStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that leave their dyno's group are still the dyno's: signalled with it, and gone after it. They are known by their
 * cookies alone here.
 */
@EnabledOnOs(OS.LINUX)
class EscapeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AppName SHOP = AppName.of("shop");
    private static final DynoSize SMALL = DynoSize.custom("Small", ByteSize.ofMebibytes(64), 256);

    @TempDir
    Path directory;

    private LocalRuntime runtime;

    /** What this machine has; a subclass has less. */
    HostTools tools() {
        return new HostTools(System.getenv());
    }

    @BeforeEach
    void open() {
        runtime = LocalRuntime.builder(directory.resolve("run"), FileSlugStore.at(directory.resolve("slugs")))
                .isolation(Isolation.NONE)
                .hardLimits(false)
                .tools(tools())
                .open();
        assertThat(runtime.capabilities()).contains(Capability.ESCAPE_HUNT);
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private ObservedDyno start(String command) {
        return start(command, DynoSize.STANDARD_1X);
    }

    private ObservedDyno start(String command, DynoSize size) {
        ObservedDyno observed = new ObservedDyno();
        runtime.start(
                DynoSpec.of(SHOP, DynoName.parse("worker.1"), new DynoFiles.InPlace(directory), command)
                        .size(size)
                        .output(observed),
                observed);
        return observed;
    }

    private long pidIn(String file) {
        Path path = directory.resolve(file);
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(path) && Files.size(path) > 0);
        try {
            return Long.parseLong(Files.readString(path).strip());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitGone(long pid) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aSessionOfItsOwnIsKilledAfterTheMainProcessAndReported() {
        ObservedDyno observed = start(
                "setsid sh -c 'echo $$ > pid.new; mv pid.new pid; exec sleep 1000' & until [ -f pid ]; do sleep 0.01; done; exit 3");
        observed.awaitEnd();

        long escaped = pidIn("pid");
        assertThat(observed.calls()).containsExactly("started", "exit status 3");
        assertThat(observed.leaked()).contains(escaped);
        awaitGone(escaped);
    }

    /** The signal that asks to end reaches it too, so that it can end in order. */
    @Test
    void aSessionOfItsOwnGetsTheStopSignal() {
        for (StopSignal signal : new StopSignal[] {StopSignal.TERM, StopSignal.USR1}) {
            String file = "pid-" + signal.name();
            ObservedDyno observed = start(
                    "trap : TERM USR1; (setsid bash -c 'trap \"echo asked; exit\" " + signal.name() + "; echo $$ > "
                            + file + "; while :; do sleep 0.05; done' &) ; while :; do sleep 0.05; done");
            long escaped = pidIn(file);
            observed.dyno().terminate(signal);

            observed.awaitOutput("asked");
            awaitGone(escaped);
            assertThat(observed.calls()).containsExactly("started");
            observed.dyno().kill();
            observed.awaitEnd();
        }
    }

    /** A program that waits for all its children waits for its own only: the watchdog is none of them. */
    @Test
    void theWatchdogIsNoChildOfTheProgram() {
        ObservedDyno observed = start("exec perl -e 'system(\"true &\"); 1 while wait() != -1; exit 7'");

        observed.awaitEnd();

        assertThat(observed.calls()).containsExactly("started", "exit status 7");
    }

    /** A daemon that holds the output open is killed, so its end comes; the dyno's end would not have waited for it. */
    @Test
    void aHolderOfTheOutputDoesNotHoldTheEnd() {
        ObservedDyno observed = start("(setsid sleep 1000 &); echo said; exit 5");

        observed.awaitEnd();
        Awaitility.await().atMost(PATIENCE).until(observed::isClosed);
        assertThat(observed.output()).isEqualTo("said\n");
    }

    /** Even when nothing can be done about the holder: it has shed the cookie and left the session. */
    @Test
    void anOutputWithoutEndIsAbandonedAfterATime() {
        ObservedDyno observed = start(
                "setsid env -i /bin/sh -c 'echo $$ > pid; exec sleep 1000' & until [ -s pid ]; do sleep 0.01; done; exit 6");
        observed.awaitEnd();
        assertThat(observed.calls()).last().isEqualTo("exit status 6");

        Awaitility.await().atMost(PATIENCE).until(observed::isClosed);
        ProcessHandle.of(pidIn("pid")).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** PSS of the whole tree, processes of other sessions included; that near its quota it is measured with every look. */
    @Test
    void theMemoryOfTheWholeTreeIsMeasured() {
        ObservedDyno observed = start(
                "fill() { x=$(head -c 30000000 /dev/zero | tr '\\0' x); echo filled; sleep 1000; };"
                        + " (setsid bash -c \"$(declare -f fill); fill\" &); fill",
                SMALL);
        Awaitility.await().atMost(PATIENCE).until(() -> observed.output().equals("filled\nfilled\n"));

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(observed.dyno().usage()).hasValueSatisfying(usage -> {
                    assertThat(usage.memory().bytes()).isBetween(60_000_000L, 400_000_000L);
                    assertThat(usage.memory().bytes())
                            .isEqualTo(
                                    usage.resident().bytes() + usage.swapped().bytes());
                    assertThat(usage.processes()).isBetween(4, 8);
                    assertThat(usage.cpu()).isPositive();
                }));
        observed.dyno().kill();
        observed.awaitEnd();
    }

    @Test
    void theReaperIsReplacedWhenSomebodyKillsIt() throws Exception {
        Awaitility.await().atMost(PATIENCE).until(() -> reaper().isPresent());
        ProcessHandle reaper = reaper().orElseThrow();
        reaper.destroyForcibly();
        reaper.onExit().get(60, TimeUnit.SECONDS);

        start("true").awaitEnd();

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() ->
                        reaper().filter(other -> other.pid() != reaper.pid()).isPresent());
    }

    /** It is none yet while it is about to become another program. */
    private static Optional<ProcessHandle> reaper() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch("procmodel-reaper"::equals))
                .findFirst();
    }
}
