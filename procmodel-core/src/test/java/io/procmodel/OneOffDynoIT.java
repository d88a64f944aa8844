package io.procmodel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.dyno.DynoState;
import io.procmodel.dyno.Exit;
import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogOrigin;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.OneOffLimit;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.Isolation;
import io.procmodel.runtime.TerminalSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One-off dynos with real processes, through the public API. */
@DisabledOnOs(OS.WINDOWS)
class OneOffDynoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SLEEP = "sleep 1000";

    @TempDir
    Path directory;

    private final RecordingSink log = new RecordingSink();
    private final TaggedProcesses processes = new TaggedProcesses();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private Platform platform;
    private App shop;

    @BeforeEach
    void deploy() throws IOException {
        platform = Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .logs(log)
                .user("ops")
                .clock(() -> Instant.now().plus(ahead.get()))
                .policy(AppPolicy.HEROKU
                        .oneOffLimit(OneOffLimit.of(2))
                        .type("stubborn", type -> type.stopGrace(Duration.ofMillis(200))))
                .open();
        shop = platform.createApp("shop");
        shop.config().set(Map.of(TaggedProcesses.NAME, processes.value(), "GREETING", "hello"));
        shop.deploy(SampleSources.procfile(directory.resolve("source"), "job: echo job\nworker: sleep 1000\n"));
    }

    @AfterEach
    void nothingIsLeft() {
        platform.close();
        assertThat(processes.alive()).as("processes of dynos").isEmpty();
    }

    /** DYN-40, DYN-60, DYN-61, DYN-62, DYN-69, PROC-25. */
    @Test
    void aDetachedDynoSpeaksInTheLogAndItsStatusIsKnown() {
        OneOffDyno dyno = shop.run("job $DYNO $GREETING; exit 7")
                .size("2X")
                .env("GREETING", "bonjour")
                .detached();

        assertThat(dyno.name()).hasToString("run.1");
        assertThat(dyno.await(PATIENCE)).isEqualTo(7);
        assertThat(dyno.state()).isEqualTo(DynoState.COMPLETE);
        assertThat(dyno.exit()).contains(new Exit.Exited(7));
        assertThat(dyno.command()).isEqualTo("echo job $DYNO $GREETING; exit 7");
        assertThat(log.of(LogOrigin.api()))
                .contains("Starting process with command `echo job $DYNO $GREETING; exit 7` by user ops");
        assertThat(log.of(LogOrigin.app("run.1"))).containsExactly("job run.1 bonjour");
        assertThat(log.of(LogOrigin.heroku("run.1")))
                .containsExactly(
                        "Starting process with command `echo job $DYNO $GREETING; exit 7`",
                        "State changed from starting to up",
                        "Process exited with status 7",
                        "State changed from up to complete");
        assertThat(shop.dynos().list()).as("it is gone").isEmpty();
    }

    /** DYN-25, DYN-61: what is captured does not go to the log. */
    @Test
    void aCapturedDynoGivesItsOutputAndItsStatus() {
        OneOffResult result =
                shop.run("printf 'a\\nb'; printf c >&2; kill -9 $$").capture(PATIENCE);

        assertThat(result.exitStatus()).isEqualTo(137);
        assertThat(result.output()).isEqualTo("a\nbc");
        assertThat(result.droppedBytes()).isZero();
        assertThat(log.of(LogOrigin.app("run.1"))).isEmpty();
        assertThat(log.of(LogOrigin.heroku("run.1"))).contains("State changed from up to complete");
    }

    @Test
    void moreOutputThanIsKeptIsCounted() {
        OneOffResult result = shop.run("head -c 20000000 /dev/zero").capture(PATIENCE);

        assertThat(result.outputBytes()).hasSize(16 * 1024 * 1024);
        assertThat(result.droppedBytes()).isEqualTo(20_000_000 - 16 * 1024 * 1024);
    }

    /** DYN-1, DYN-71, DYN-78. */
    @Test
    void aRunningOneIsListedAndCanBeStopped() throws Exception {
        OneOffDyno dyno = shop.run(SLEEP).type("scheduler").detached();
        Awaitility.await().atMost(PATIENCE).until(() -> dyno.state() == DynoState.UP);

        assertThat(shop.dynos().list()).extracting(Object::toString).containsExactly("scheduler.1 up");
        assertThatThrownBy(() -> dyno.await(Duration.ofMillis(1)))
                .isInstanceOf(OneOffTimeoutException.class)
                .hasMessageContaining("scheduler.1, running `sleep 1000`, is up after 1 ms (expected: its end)");
        shop.dynos().stop("scheduler.1");
        assertThat(dyno.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Exit.Exited(143));
        dyno.stop();
    }

    /** DYN-29, DYN-74: on its old release, whatever happens to the app. */
    @Test
    void aReleaseAndARestartLeaveItAlone() {
        OneOffDyno dyno = shop.run("echo $GREETING; read line < <(sleep 2); echo $GREETING")
                .detached();
        shop.config().set("GREETING", "bonjour");
        shop.dynos().restart();

        assertThat(dyno.await(PATIENCE)).isZero();
        assertThat(dyno.release()).isLessThan(shop.releases().current().version());
        assertThat(log.of(LogOrigin.app("run.1"))).containsExactly("hello", "hello");
    }

    /** DYN-67, DYN-47: the grace of its process type holds for it. */
    @Test
    void aTimeToLiveEndsWhatIgnoresTheSignal() {
        OneOffDyno dyno = shop.run("trap '' TERM; echo deaf; while :; do sleep 0.1; done")
                .type("stubborn")
                .timeToLive(Duration.ofHours(1))
                .detached();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> log.of(LogOrigin.app("stubborn.1")).contains("deaf"));
        ahead.set(Duration.ofHours(1));
        shop.dynos().restart(); // whatever is asked, the platform looks at its clock

        assertThat(dyno.await(PATIENCE)).isEqualTo(137);
        assertThat(log.of(LogOrigin.heroku("stubborn.1")))
                .anyMatch(line -> line.startsWith("Error R12 (Exit timeout) -> "));
    }

    @Test
    void aCaptureThatTakesTooLongIsStoppedAndSaysWhatItSaw() {
        OneOffCommand command = shop.run("echo waiting for godot; " + SLEEP);
        Throwable error = catchThrowable(() -> command.capture(Duration.ofSeconds(1)));
        for (int seconds = 6; seconds < 60 && !error.getMessage().contains("| waiting for godot"); seconds *= 6) {
            Duration longer = Duration.ofSeconds(seconds); // a busy machine took longer to start it
            error = catchThrowable(() -> command.capture(longer));
        }

        assertThat(error).isInstanceOf(OneOffTimeoutException.class).hasMessageContaining("| waiting for godot");
        Awaitility.await().atMost(PATIENCE).until(() -> processes.alive().isEmpty());
    }

    /** DYN-76; DYN-70: the size, if none is asked for. */
    @Test
    void noMoreThanTheLimitRunAtATime() {
        List<OneOffDyno> started = IntStream.range(0, 8)
                .parallel()
                .mapToObj(caller -> startIfAllowed())
                .flatMap(Optional::stream)
                .toList();
        assertThat(started).as("whoever asks at the same time").hasSize(2);
        OneOffDyno first = started.get(0);

        assertThatThrownBy(() -> shop.run("true").detached())
                .isInstanceOf(OneOffLimitException.class)
                .hasMessage("one-off dynos of shop: 2 of size Standard-1X are running"
                        + " (expected: fewer than that when another one is started)");
        first.stop();
        first.await(PATIENCE);
        assertThat(shop.run("true").detached().name()).hasToString("run.3");
    }

    private Optional<OneOffDyno> startIfAllowed() {
        try {
            return Optional.of(shop.run(SLEEP).detached());
        } catch (OneOffLimitException e) {
            return Optional.empty();
        }
    }

    @Test
    void closingThePlatformEndsIt() {
        OneOffDyno dyno = shop.run(SLEEP).detached();
        Awaitility.await().atMost(PATIENCE).until(() -> dyno.state() == DynoState.UP);
        platform.close();

        assertThat(dyno.await(Duration.ZERO)).isEqualTo(143);
        assertThat(dyno.state()).isEqualTo(DynoState.COMPLETE);
        dyno.stop();
        assertThatThrownBy(() -> shop.run("true").detached()).isInstanceOf(PlatformClosedException.class);
    }

    /** DYN-61: the terminal's side only; DYN-72 without a terminal: bytes as they are. */
    @Test
    void anAttachedDynoReadsAndWritesTheStreamsOfItsClient() {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        InputStream typed = new ByteArrayInputStream("one\ntwo\n".getBytes(UTF_8));
        OneOffDyno dyno = shop.run("sort -r; test -t 0 || echo no terminal")
                .attach(typed, screen)
                .start();

        assertThat(dyno.await(PATIENCE)).isZero();
        assertThat(screen.toString(UTF_8)).isEqualTo("two\none\nno terminal\n");
        assertThat(log.of(LogOrigin.app("run.1"))).isEmpty();
    }

    /** DYN-42. */
    @Test
    void anAttachedDynoCanHaveATerminal() throws IOException {
        assumeTrue(platform.capabilities().contains(Capability.TERMINAL), "no terminals here");
        PipedOutputStream keyboard = new PipedOutputStream();
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        OneOffDyno dyno = shop.run("echo $TERM $COLUMNS $LINES; stty size; exec bash --norc -i")
                .attach(new PipedInputStream(keyboard), screen)
                .terminal(new TerminalSize(120, 50))
                .start();
        awaitText(screen, "xterm 120 50\r\n50 120\r\n");
        dyno.resize(new TerminalSize(90, 30));
        keyboard.write("until stty size | grep '30 90'; do sleep 0.1; done\nexit 4\n".getBytes(UTF_8));
        keyboard.flush();

        assertThat(dyno.await(PATIENCE)).isEqualTo(4);
        awaitText(screen, "30 90\r\n");
        keyboard.close();
    }

    private static void awaitText(ByteArrayOutputStream screen, String text) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(screen.toString(UTF_8)).contains(text));
    }

    /** DYN-65: a lost connection ends an attached dyno. */
    @Test
    void aClientThatHasGoneEndsItsDyno() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("nobody there");
            }
        };
        OneOffDyno dyno = shop.run("echo hello; " + SLEEP)
                .attach(InputStream.nullInputStream(), gone)
                .start();

        assertThat(dyno.await(PATIENCE)).isEqualTo(129);
        assertThat(log.of(LogOrigin.heroku("run.1")))
                .contains("Client connection closed. Sending SIGHUP to all processes");
    }

    /** DYN-65: a connection that is reset need not be written to for that to be seen. */
    @Test
    void aClientThatCannotBeReadFromEndsItsDyno() throws IOException {
        InputStream reset = InputStream.nullInputStream();
        reset.close();
        OneOffDyno dyno =
                shop.run(SLEEP).attach(reset, OutputStream.nullOutputStream()).start();

        assertThat(dyno.await(PATIENCE)).isEqualTo(129);
    }

    /** DYN-64: an hour without input or output; the platform looks at its clock whenever it measures its dynos. */
    @Test
    void anAttachedDynoIsHungUpOnAfterAnIdleHour() throws IOException {
        PipedOutputStream keyboard = new PipedOutputStream();
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        OneOffDyno dyno = shop.run("while read line; do echo got $line; done")
                .attach(new PipedInputStream(keyboard), screen)
                .start();
        OneOffDyno detached = shop.run(SLEEP).detached();
        keyboard.write("one\n".getBytes(UTF_8));
        keyboard.flush();
        awaitText(screen, "got one\n");
        Awaitility.await().atMost(PATIENCE).until(() -> detached.state() == DynoState.UP);

        ahead.set(Duration.ofMinutes(61));

        assertThat(dyno.await(PATIENCE)).isEqualTo(129);
        assertThat(log.of(LogOrigin.heroku("run.1")))
                .contains("Client connection closed. Sending SIGHUP to all processes");
        assertThat(detached.state()).as("DYN-66").isEqualTo(DynoState.UP);
        keyboard.close();
    }

    @Test
    void badInputIsRefusedBeforeAnythingStarts() {
        assertThatThrownBy(() -> shop.run(" ")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> shop.run("a\0b")).isInstanceOf(InvalidValueException.class);
        OneOffCommand command = shop.run("true");
        assertThatThrownBy(() -> command.size("XXL")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> command.env("A=B", "c")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> command.type("a.b")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> command.timeToLive(Duration.ZERO)).isInstanceOf(InvalidValueException.class);
        App empty = platform.createApp("empty");
        assertThatThrownBy(() -> empty.run("true").detached())
                .isInstanceOf(NothingDeployedException.class)
                .hasMessage("run on empty: v1 has no slug (expected: a release with one, as deploy makes it)");
        assertThat(log.lines()).noneMatch(line -> line.contains("heroku[run."));
    }
}
