package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BLD-5, with real processes. */
@DisabledOnOs(OS.WINDOWS)
class BuildCommandIT {
    private static final HostEnvironment HOST = new HostEnvironment(System.getenv());
    private static final Duration AMPLE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();

    private int run(String script, Duration limit) throws Exception {
        return run(script, limit, HOST.program("setsid"));
    }

    private int run(String script, Duration limit, Optional<Path> setsid) throws Exception {
        Map<String, String> environment = Map.of("PATH", HOST.variables().get("PATH"), "ONE", "1");
        return new BuildCommand(List.of("sh", "-c", script), directory, environment, setsid).run(output::add, limit);
    }

    private void awaitTheEndOf(String pidFile) throws IOException {
        long pid = Long.parseLong(Files.readString(directory.resolve(pidFile)).trim());
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void givesTheExitStatusAndTheOutputOfBothStreams() throws Exception {
        assertThat(run("echo out; echo err >&2; printf unfinished; exit 7", AMPLE))
                .isEqualTo(7);
        assertThat(output).containsExactlyInAnyOrder("       out", "       err", "       unfinished");
    }

    @Test
    void runsInTheDirectoryWithNothingButItsEnvironmentAndNoInput() throws Exception {
        assertThat(run("pwd; cat; env | grep -vE '^(PWD|OLDPWD|SHLVL|_|PATH)='", AMPLE))
                .isZero();
        assertThat(output).containsExactly("       " + directory.toRealPath(), "       ONE=1");
    }

    @Test
    void givesTheStatusOfASignal() throws Exception {
        assertThat(run("kill -KILL $$", AMPLE)).isEqualTo(137);
    }

    @Test
    void namesACommandThatDoesNotExist() {
        BuildCommand missing = new BuildCommand(List.of("no-such-program"), directory, Map.of(), Optional.empty());

        assertThatThrownBy(() -> missing.run(output::add, AMPLE))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("no-such-program");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void killsTheWholeTreeWhenTheTimeIsOver(boolean inOwnGroup) {
        String script = "trap '' TERM; sh -c 'trap \"\" TERM; echo $$ > child; while :; do sleep 1; done' & wait";

        assertThatThrownBy(() ->
                        run(script, Duration.ofSeconds(2), inOwnGroup ? HOST.program("setsid") : Optional.empty()))
                .isInstanceOf(TimeoutException.class);
        assertThat(directory.resolve("child")).exists().satisfies(file -> awaitTheEndOf("child"));
    }

    @Test
    void killsWhatACommandLeavesBehindAndDoesNotWaitForItsOutput() throws Exception {
        assertThat(run(
                        "(echo $$ > /dev/null; sh -c 'echo $$ > orphan; exec sleep 1000') & "
                                + "while [ ! -s orphan ]; do sleep 0.05; done",
                        AMPLE))
                .isZero();
        awaitTheEndOf("orphan");
    }

    @Test
    void killsTheWholeTreeWhenTheThreadIsInterrupted() throws Exception {
        ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        Thread builder = new Thread(() -> {
            try {
                run("sh -c 'echo $$ > child; exec sleep 1000'", AMPLE);
            } catch (Exception e) {
                thrown.add(e);
            }
        });
        builder.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Files.exists(directory.resolve("child")) && Files.size(directory.resolve("child")) > 0);

        builder.interrupt();
        builder.join();

        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
        awaitTheEndOf("child");
    }
}
