package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.procmodel.pipe.OutputChannels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
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

    /** None of what is left behind here has anything to say. */
    private static final Duration LAST_WORDS = Duration.ofMillis(100);

    @TempDir
    Path directory;

    @TempDir
    Path pipes;

    private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();

    private OutputChannels channels;

    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    @BeforeEach
    void makeChannels() {
        channels = new OutputChannels(pipes, HOST.program("mkfifo").map(Path::toString));
    }

    private int run(String script, Duration limit) throws Exception {
        return run(script, limit, StepLauncher.on(HOST));
    }

    private int run(String script, Duration limit, StepLauncher launcher) throws Exception {
        Map<String, String> environment = Map.of("PATH", HOST.variables().get("PATH"), "ONE", "1");
        return new BuildCommand(launcher, channels, List.of("sh", "-c", script), directory, environment, LAST_WORDS)
                .run(output::add, limit, cancelled);
    }

    private void awaitTheEndOf(String pidFile) {
        await().atMost(AMPLE).until(() -> !isAlive(pidFile));
    }

    private boolean isAlive(String pidFile) throws IOException {
        String pid = Files.readString(directory.resolve(pidFile)).trim();
        return !pid.isEmpty()
                && ProcessHandle.of(Long.parseLong(pid))
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }

    @Test
    void givesTheExitStatusAndTheOutputOfBothStreams() throws Exception {
        assertThat(run("echo out; echo err >&2; printf unfinished; exit 7", AMPLE))
                .isEqualTo(7);
        assertThat(output).containsExactly("out", "err", "unfinished");
    }

    @Test
    void runsInTheDirectoryWithNothingButItsEnvironmentAndNoInput() throws Exception {
        assertThat(run("pwd; cat; env | grep -vE '^(PWD|OLDPWD|SHLVL|_|PATH|PROCMODEL_BUILD)='", AMPLE))
                .isZero();
        assertThat(output).containsExactly(directory.toRealPath().toString(), "ONE=1");
    }

    @Test
    void givesTheStatusOfASignal() throws Exception {
        assertThat(run("kill -KILL $$", AMPLE)).isEqualTo(137);
    }

    @Test
    void namesACommandThatDoesNotExist() throws Exception {
        List<String> missing = List.of("no-such-program");

        assertThatThrownBy(
                        () -> new BuildCommand(StepLauncher.withoutSessions(), channels, missing, directory, Map.of())
                                .run(output::add, AMPLE, cancelled))
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("no-such-program");
        assertThat(new BuildCommand(StepLauncher.on(HOST), channels, missing, directory, Map.of())
                        .run(output::add, AMPLE, cancelled))
                .isEqualTo(127);
        assertThat(output).anyMatch(line -> line.contains("no-such-program"));
    }

    @Test
    void keepsTheTwoStreamsApartWhereOneIsAnAnswer() throws Exception {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();

        new BuildCommand(
                        StepLauncher.on(HOST),
                        channels,
                        List.of("sh", "-c", "echo answer; echo remark >&2"),
                        directory,
                        HOST.variables())
                .run(answer, output::add, AMPLE, cancelled);

        assertThat(answer).hasToString("answer\n");
        assertThat(output).containsExactly("remark");
    }

    /** A session of its own, as a daemon makes one, is no way out, whoever its parent is by now. */
    @Test
    void killsWhatLeftTheGroup() throws Exception {
        assertThat(run(
                        "setsid sh -c 'echo $$ > daemon; exec sleep 1000' >/dev/null 2>&1 & "
                                + "while [ ! -s daemon ]; do sleep 0.05; done",
                        AMPLE))
                .isZero();
        awaitTheEndOf("daemon");
    }

    @Test
    void killsTheWholeTreeWhenItIsCancelledFromAnotherThread() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread builder = new Thread(() -> {
            try {
                run("setsid sh -c 'echo $$ > child; exec sleep 1000' & wait", AMPLE);
            } catch (Throwable e) {
                thrown.complete(e);
            }
        });
        builder.start();
        await().atMost(AMPLE).until(() -> Files.exists(directory.resolve("child")) && isAlive("child"));

        cancelled.complete(null);

        assertThat(thrown.get(60, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        awaitTheEndOf("child");
    }

    /** The JDK closes its pipe when the command ends, unless somebody just reads from it; the others have more to say. */
    @Test
    void losesNoLastWordsThoughNobodyReadsWhenItEnds() throws Exception {
        String script = "trap '' PIPE; echo $$; "
                + "( while kill -0 $$ 2>/dev/null; do sleep 0.01; done; echo last words; echo > said ) & exit 3";
        BuildOutput slow = line -> {
            output.add(line);
            if (!line.equals("last words")) {
                await().atMost(AMPLE).until(() -> Files.exists(directory.resolve("said")));
            }
        };

        int status = new BuildCommand(
                        StepLauncher.on(HOST),
                        channels,
                        List.of("sh", "-c", script),
                        directory,
                        HOST.variables(),
                        AMPLE)
                .run(slow, AMPLE, cancelled);

        assertThat(status).isEqualTo(3);
        assertThat(output).last().isEqualTo("last words");
    }

    @Test
    void readsAFloodToItsEnd() throws Exception {
        assertThat(run("yes 'a line that says little' | head -n 200000; head -c 3000000 /dev/zero | tr '\\0' x", AMPLE))
                .isZero();
        assertThat(output.stream().mapToLong(String::length).sum()).isEqualTo(200_000L * 23 + 3_000_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void killsTheWholeTreeWhenTheTimeIsOver(boolean inOwnGroup) {
        String script = "trap '' TERM; sh -c 'trap \"\" TERM; echo $$ > child; while :; do sleep 1; done' & wait";

        for (int seconds = 2; !Files.exists(directory.resolve("child")) && seconds < 100; seconds *= 4) {
            Duration limit = Duration.ofSeconds(seconds); // longer when a busy machine had not come so far
            assertThatThrownBy(() ->
                            run(script, limit, inOwnGroup ? StepLauncher.on(HOST) : StepLauncher.withoutSessions()))
                    .isInstanceOf(TimeoutException.class);
        }
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

    /** As a process is that no look at the environments finds while it becomes another program. */
    @Test
    void killsWhatIsKnownByItsGroupAlone() throws Exception {
        assertThat(run(
                        "env -i PATH=\"$PATH\" sh -c 'echo $$ > untagged; exec sleep 1000' >/dev/null 2>&1 & "
                                + "while [ ! -s untagged ]; do sleep 0.05; done",
                        AMPLE))
                .isZero();
        awaitTheEndOf("untagged");
    }

    /** In a session of its own, without the output, and in the middle of an exec most of the time. */
    @Test
    void killsWhatDoesNothingButBecomeAnotherProgram() throws Exception {
        Files.writeString(directory.resolve("restless"), "echo $$ > pid; exec sh \"$0\"\n");
        for (int round = 0; round < 2; round++) {
            Files.deleteIfExists(directory.resolve("pid"));
            assertThat(run(
                            "setsid sh restless >/dev/null 2>&1 & while [ ! -s pid ]; do sleep 0.01; done; cp pid restless-"
                                    + round,
                            AMPLE))
                    .isZero();
            awaitTheEndOf("restless-" + round);
        }
    }

    @Test
    void killsWhatIsKnownByItsTagOnlyAfterTheCommandHasEnded() throws Exception {
        assertThat(run(
                        "env -i PATH=\"$PATH\" T=\"$PROCMODEL_BUILD\" setsid sh -c "
                                + "'echo $$ > late; sleep 0.5; PROCMODEL_BUILD=$T exec sleep 1000' & "
                                + "while [ ! -s late ]; do sleep 0.05; done",
                        AMPLE))
                .isZero();
        awaitTheEndOf("late");
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
        await().atMost(AMPLE)
                .until(() -> Files.exists(directory.resolve("child")) && Files.size(directory.resolve("child")) > 0);

        builder.interrupt();
        builder.join();

        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
        awaitTheEndOf("child");
    }
}
