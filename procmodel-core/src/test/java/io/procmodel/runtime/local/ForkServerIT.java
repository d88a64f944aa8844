package io.procmodel.runtime.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.policy.StopSignal;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class ForkServerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** 32 and 33 are the C library's own, which lets nobody set them. */
    private static final long RESERVED = 0b11L << 31;

    @TempDir
    Path directory;

    private ForkServer server;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(Set.of("amd64", "aarch64").contains(System.getProperty("os.arch")), "other system calls");
        Optional<String> perl = perl();
        assumeTrue(perl.isPresent(), "there is no perl here");
        server = ForkServer.start(perl.get(), new SignalSender(new HostTools(System.getenv())));
        assertThat(server.isReady()).isTrue();
    }

    private static Optional<String> perl() {
        return new HostTools(System.getenv()).find("perl");
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        return builder;
    }

    private ForkedProcess start(ProcessBuilder builder) throws IOException {
        return server.start(request(builder));
    }

    private static ForkRequest request(ProcessBuilder builder, String... doors) {
        return new ForkRequest(launch(builder), List.of(doors));
    }

    private static Launch launch(ProcessBuilder builder) {
        return new Launch(builder, StandardInput.NONE.place(), false, Optional.empty());
    }

    private ForkedProcess shell(String command) throws IOException {
        return start(builder("/bin/sh", "-c", command));
    }

    private int statusOf(String command) throws IOException, InterruptedException {
        ForkedProcess process = shell(command);
        assertThat(process.awaitExit(PATIENCE)).isTrue();
        return process.status();
    }

    private String output(ProcessBuilder builder) throws IOException, InterruptedException {
        ForkedProcess process = start(builder);
        assertThat(process.awaitExit(PATIENCE)).isTrue();
        assertThat(process.status()).isZero();
        return Files.readString(directory.resolve("output"));
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
                .until(() -> new ProcFiles().stat(pid).isEmpty());
    }

    @Test
    void tellsTheStatusOfEachEnd() throws Exception {
        assertThat(statusOf("exit 0")).isZero();
        assertThat(statusOf("exit 7")).isEqualTo(7);
        assertThat(statusOf("exit 255")).isEqualTo(255);
        assertThat(statusOf("kill -TERM $$")).isEqualTo(128 + 15);
        assertThat(statusOf("kill -KILL $$")).isEqualTo(128 + 9);
    }

    @Test
    void argumentsAndVariablesArriveAsTheyAre() throws Exception {
        ProcessBuilder builder =
                builder("/bin/sh", "-c", "printf '%s|' \"$@\"; env", "name", "a\nb", "", "it's \"ü\" ✓");
        builder.environment().putAll(Map.of("LINES_OF", "one\ntwo\n", "EMPTY", "", "UMLAUT", "größer=✓"));
        assertThat(output(builder))
                .startsWith("a\nb||it's \"ü\" ✓|")
                .contains("LINES_OF=one\ntwo\n", "EMPTY=\n", "UMLAUT=größer=✓\n")
                .doesNotContain("LC_ALL");
    }

    /** 150 KiB each, by four threads: requests come in pieces, and answers to the one who asked. */
    @Test
    void servesManyAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> statuses = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int status = i;
                statuses.add(threads.submit(() -> {
                    ProcessBuilder builder = builder("/bin/sh", "-c", "exit $STATUS");
                    builder.environment().put("STATUS", Integer.toString(status));
                    builder.environment().put("A", "a".repeat(100_000));
                    builder.environment().put("B", "b".repeat(50_000 + status));
                    ForkedProcess process = start(builder);
                    assertThat(process.awaitExit(PATIENCE)).isTrue();
                    return process.status();
                }));
            }
            for (int i = 0; i < statuses.size(); i++) {
                assertThat(statuses.get(i).get(120, TimeUnit.SECONDS)).isEqualTo(i);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Nothing of the host or the server comes along: no descriptor, no ignored or blocked signal. */
    @Test
    void aProcessLeadsASessionAndInheritsNothing() throws Exception {
        ForkedProcess process = shell("ls /proc/$$/fd; grep SigBlk /proc/$$/status; echo $$ > pid; exec sleep 1000");
        long pid = pidIn("pid");
        assertThat(process.pid()).isEqualTo(pid);
        assertThat(new ProcFiles().stat(pid)).hasValueSatisfying(stat -> {
            assertThat(stat.session()).isEqualTo(pid);
            assertThat(stat.group()).isEqualTo(pid);
            assertThat(stat.parent()).isEqualTo(server.pid());
        });
        assertThat(Files.readString(directory.resolve("output")))
                .startsWith("0\n1\n2\nSigBlk")
                .contains("SigBlk:\t0000000000000000");
        assertThat(ignored(pid) & ~RESERVED).isZero();
        process.kill();
        assertThat(process.awaitExit(PATIENCE)).isTrue();
    }

    private static long ignored(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatCannotBeStartedIsAnErrorThatSaysWhy() throws Exception {
        assertThatThrownBy(() -> start(builder("/no/such/program")))
                .isInstanceOf(IOException.class)
                .hasMessage("/no/such/program: No such file or directory");
        assertThatThrownBy(() -> start(
                        builder("/bin/true").directory(directory.resolve("gone").toFile())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone: No such file or directory");
        assertThatThrownBy(() -> start(builder("/bin/true")
                        .redirectOutput(directory.resolve("no/output").toFile())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no/output");
        assertThatThrownBy(() -> server.start(request(
                        builder("/bin/true"), directory.resolve("no/door").toString())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no/door");
        assertThatThrownBy(() -> start(builder("/bin/true", "x".repeat(10_000_000))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too long");
        assertThatThrownBy(() -> start(builder("/bin/true", "a\0b")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("NUL");
        assertThat(statusOf("exit 3")).as("the server serves on").isEqualTo(3);
        Awaitility.await().atMost(PATIENCE).until(() -> children().isEmpty());
    }

    private List<ProcessHandle> children() {
        return ProcessHandle.of(server.pid()).orElseThrow().children().toList();
    }

    @Test
    void aSignalReachesTheWholeGroup() throws Exception {
        ForkedProcess process = shell(
                "trap '' TERM; (trap 'echo asked; exit' TERM; echo > here; while :; do sleep 0.05; done) & wait $!; exit 4");
        Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("here")));
        process.terminate(StopSignal.TERM);
        assertThat(process.awaitExit(PATIENCE)).isTrue();
        assertThat(process.status()).isEqualTo(4);
        // The shell tells of its sleep, too, if it was just sleeping.
        assertThat(Files.readString(directory.resolve("output"))).endsWith("asked\n");
    }

    /** Also one that holds nothing of it open. */
    @Test
    void theGroupEndsWithItsLeader() throws Exception {
        assertThat(
                        statusOf(
                                "sh -c 'echo $$ > pid; exec sleep 1000' >/dev/null 2>&1 & until [ -s pid ]; do sleep 0.01; done; exit 5"))
                .isEqualTo(5);
        awaitGone(pidIn("pid"));
    }

    @Test
    void afterItsEndNobodyIsSignalled() throws Exception {
        ForkedProcess process = shell("exit 0");
        assertThat(process.awaitExit(PATIENCE)).isTrue();
        process.kill();
        server.signal(process.number(), "KILL");
        assertThat(statusOf("exit 3")).isEqualTo(3);
    }

    @Test
    void closeEndsWhatStillRuns() throws Exception {
        ForkedProcess process = shell("trap '' TERM; sleep 1000 & echo $! > pid.new; mv pid.new pid; wait");
        long pid = pidIn("pid");
        long serverPid = server.pid();
        server.close();
        awaitGone(pid);
        awaitGone(serverPid);
        assertThat(process.awaitExit(PATIENCE)).isTrue();
        assertThatThrownBy(() -> shell("true")).isInstanceOf(IOException.class);
    }

    /**
     * As when a dyno of the same user kills it: it takes its dynos along, with their groups, and another one takes its
     * place.
     */
    @Test
    void aServerThatIsKilledIsReplaced() throws Exception {
        try (Launcher launcher =
                ForkingLauncher.probe(new HostTools(System.getenv())).orElseThrow()) {
            DynoProcess process = launcher.start(
                    launch(builder("/bin/sh", "-c", "sleep 1000 & echo $! > pid.new; mv pid.new pid; wait")),
                    List.of());
            long other = pidIn("pid");
            ProcessHandle.of(process.pid())
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow()
                    .destroyForcibly();

            assertThat(process.awaitExit(PATIENCE)).isTrue();
            assertThat(process.status()).isEqualTo(128 + 9);
            awaitGone(process.pid());
            awaitGone(other);

            DynoProcess next = launcher.start(launch(builder("/bin/sh", "-c", "exit 6")), List.of());
            assertThat(next.awaitExit(PATIENCE)).isTrue();
            assertThat(next.status()).isEqualTo(6);
        }
    }

    /** The host dies in the middle of a request, or just after one: what was asked for in full may run no longer than that. */
    @Test
    void theEndOfTheInputIsTheEndOfAll() throws Exception {
        Frames frames = new Frames(UTF_8);
        ForkRequest sleeper = request(builder("/bin/sh", "-c", "echo $$ > pid; exec sleep 1000"));
        Cookie cookie = Cookie.bake();
        ProcessBuilder marked = builder("/bin/sleep", "1000");
        marked.environment().put(Cookie.NAME, cookie.of(2));
        ForkRequest late = request(marked);
        Process perl = new ProcessBuilder(ForkServer.command(perl().orElseThrow())).start();
        try (OutputStream requests = perl.getOutputStream();
                DataInputStream replies = new DataInputStream(perl.getInputStream())) {
            assertThat(frames.read(replies)).containsExactly("ready");
            requests.write(frames.encode(sleeper.fields(1)));
            requests.flush();
            List<String> started = frames.read(replies);
            assertThat(started).startsWith("started", "1");
            assertThat(pidIn("pid")).isEqualTo(Long.parseLong(started.get(2)));
            byte[] another = frames.encode(late.fields(2));
            requests.write(another);
            requests.write(another, 0, another.length / 2);
        }
        assertThat(perl.waitFor(60, TimeUnit.SECONDS)).isTrue();
        awaitGone(pidIn("pid"));
        Census census = new Census(cookie);
        Awaitility.await().atMost(PATIENCE).until(() -> census.members(2).isEmpty());
    }

    /** With and without a user namespace: whichever this machine allows. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMountIsThereForTheProcessAndNobodyElse(boolean forUser) throws Exception {
        HostTools tools = new HostTools(System.getenv());
        Mount mount = overlay(tools, forUser);
        ForkedProcess process = start(mounted(mount, "cat mark; echo changed >mark; echo new >new; id -u"), mount);
        assertThat(process.awaitExit(PATIENCE)).isTrue();
        assertThat(process.status()).isZero();
        String who = forUser ? "0" : HostUser.ofThisProcess().orElseThrow().uid();
        assertThat(Files.readString(directory.resolve("output"))).isEqualTo("original\n" + who + "\n");
        assertThat(Files.readString(directory.resolve("lower/mark"))).isEqualTo("original\n");
        assertThat(Files.readString(directory.resolve("upper/mark"))).isEqualTo("changed\n");
        assertThat(directory.resolve("merged")).isEmptyDirectory();
    }

    private Mount overlay(HostTools tools, boolean forUser) throws IOException {
        for (String part : List.of("lower", "upper", "work", "merged")) {
            Files.createDirectory(directory.resolve(part));
        }
        Files.writeString(directory.resolve("lower/mark"), "original\n");
        Overlay overlay = new Overlay(
                directory.resolve("lower"),
                directory.resolve("upper"),
                directory.resolve("work"),
                directory.resolve("merged"));
        Mount mount = (forUser ? OverlayMount.forUsers(tools, directory) : OverlayMount.forRoot(tools, directory))
                .orElseThrow()
                .of(overlay);
        List<String> trial = new ArrayList<>(mount.prefix());
        trial.add("/bin/true");
        assumeThat(new Command(trial, 60).succeeds())
                .as("this machine lets us mount an overlay")
                .isTrue();
        return mount;
    }

    private ProcessBuilder mounted(Mount mount, String command) {
        return builder("/bin/sh", "-c", command)
                .directory(mount.base().resolve(mount.place()).toFile());
    }

    private ForkedProcess start(ProcessBuilder builder, Mount mount) throws IOException {
        return server.start(new ForkRequest(launch(builder, mount), List.of()));
    }

    @Test
    void aMountThatFailsIsAnErrorThatSaysWhy() throws Exception {
        Mount mount = new Mount(true, directory, "lowerdir=gone", "gone", List.of());
        assertThatThrownBy(() -> start(builder("/bin/true"), mount))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(ForkRequest.UNMOUNTED);
        assertThat(statusOf("exit 3")).as("the server serves on").isEqualTo(3);
    }

    /** Where perl may not mount what another program may, that program does it, for all that follow. */
    @Test
    void aMountThatOnlyAProgramMayMakeIsMadeByIt() throws Exception {
        Mount mount = new Mount(
                true, directory, "lowerdir=gone", "gone", List.of("/bin/sh", "-c", "echo mounted; exec \"$@\"", "sh"));
        try (Launcher launcher = Launcher.best(new HostTools(System.getenv()), new SignalMask(0))) {
            for (int i = 0; i < 2; i++) {
                DynoProcess process = launcher.start(launch(builder("/bin/echo", "here"), mount), List.of());
                assertThat(process.awaitExit(PATIENCE)).isTrue();
                assertThat(Files.readString(directory.resolve("output"))).isEqualTo("mounted\nhere\n");
            }
        }
    }

    private static Launch launch(ProcessBuilder builder, Mount mount) {
        return new Launch(builder, StandardInput.NONE.place(), false, Optional.of(mount));
    }

    /** One that finds out while others are under way: all of them are started. */
    @Test
    void manyMountsThatOnlyAProgramMayMakeAreMade() throws Exception {
        Mount mount = new Mount(true, directory, "lowerdir=gone", "gone", List.of("/usr/bin/env"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Launcher launcher = Launcher.best(new HostTools(System.getenv()), new SignalMask(0))) {
            List<Future<DynoProcess>> starts = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                starts.add(threads.submit(() -> launcher.start(launch(builder("/bin/true"), mount), List.of())));
            }
            for (Future<DynoProcess> start : starts) {
                DynoProcess process = start.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(process.awaitExit(PATIENCE)).isTrue();
                assertThat(process.status()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** With programs that mount, a program that is missing would be an exit of theirs. */
    @Test
    void whatIsMissingBesidesTheMountIsNotTriedAgain() throws Exception {
        Mount mount = overlay(new HostTools(System.getenv()), true);
        try (Launcher launcher = Launcher.best(new HostTools(System.getenv()), new SignalMask(0))) {
            for (int i = 0; i < 2; i++) {
                ProcessBuilder missing = builder("/no/such/program")
                        .directory(directory.resolve("merged").toFile());
                assertThatThrownBy(() -> launcher.start(launch(missing, mount), List.of()))
                        .isInstanceOf(IOException.class)
                        .hasMessage("/no/such/program: No such file or directory");
            }
        }
    }

    /** A child that is not its program yet, and waits for a reader of its output, does not hide the launcher's death. */
    @Test
    void theDeathOfTheServerIsSeenWhileAChildHangs() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(Command.of("/usr/bin/mkfifo", pipe).succeeds()).isTrue();
        Thread starter = new Thread(() -> assertThatThrownBy(
                        () -> start(builder("/bin/true").redirectOutput(pipe.toFile())))
                .isInstanceOf(IOException.class));
        starter.start();
        Awaitility.await().atMost(PATIENCE).until(() -> !children().isEmpty());
        List<ProcessHandle> hanging = children();
        ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
        try {
            Awaitility.await().atMost(PATIENCE).until(server::isLost);
            starter.join(PATIENCE.toMillis());
            assertThat(starter.isAlive()).isFalse();
        } finally {
            hanging.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aPerlThatCannotIsDoneWithout() throws IOException {
        Path fake = Files.writeString(directory.resolve("perl"), "#!/bin/sh\nexit 3\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();
        HostTools tools = new HostTools(Map.of("PATH", directory.toString()));
        assertThat(tools.find("perl")).hasValue(fake.toString());
        assertThat(ForkingLauncher.probe(tools)).isEmpty();
        assertThat(Launcher.best(tools, new SignalMask(0))).isInstanceOf(WatchdogLauncher.class);
        try (Launcher launcher = Launcher.best(new HostTools(System.getenv()), new SignalMask(0))) {
            assertThat(launcher).isInstanceOf(ForkingLauncher.class);
        }
        assertThat(Launcher.best(new HostTools(System.getenv()).without("perl"), new SignalMask(0)))
                .isInstanceOf(WatchdogLauncher.class);
    }
}
