package io.procmodel.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.error.InvalidValueException;
import io.procmodel.formation.ByteSize;
import io.procmodel.formation.DynoSize;
import io.procmodel.lease.FileLease;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.policy.AppPolicy;
import io.procmodel.runtime.Isolation;
import io.procmodel.scheduler.ledger.JobRun;
import io.procmodel.scheduler.ledger.Outcome;
import io.procmodel.scheduler.ledger.RunEnd;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are one-off dynos, real processes: their name, their lines, their token, and how they end. */
class DynoJobIT {
    private static final Schedule NEVER = Schedule.at(Instant.parse("2200-01-01T00:00:00Z"));
    private static final long LIMIT_SECONDS = 90;
    private static final DynoSize TINY = DynoSize.custom("Tiny", ByteSize.ofMebibytes(32), 40);

    @TempDir
    private Path directory;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<DynoSize> sizes = new CopyOnWriteArrayList<>();
    private Platform platform;
    private ClockScheduler clock;
    private App shop;

    @BeforeEach
    void open() throws Exception {
        LogSink sink = (app, origin) -> new Lines(origin);
        platform = Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .logs(sink)
                .dynoSizes(TINY)
                .policy(AppPolicy.HEROKU.oneOffLimit(this::limit))
                .open();
        shop = platform.createApp("shop");
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("Procfile"), "worker: sleep 1\n");
        shop.deploy(Source.directory(source));
        clock = ClockScheduler.builder()
                .lease(FileLease.at(directory.resolve("clock.lease")))
                .start();
    }

    @AfterEach
    void close() {
        clock.close();
        platform.close();
    }

    /** Asked with each start. */
    private int limit(DynoSize size) {
        sizes.add(size);
        return 50;
    }

    private RunEnd run(String job) throws Exception {
        JobRun run = clock.runNow(job).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        return run.end().orElseThrow();
    }

    @Test
    void aDynoIsNamedSchedulerAndLogsAsHerokuDoes() throws Exception {
        clock.schedule(
                "poll",
                Schedule.every(Duration.ofSeconds(1)),
                () -> shop.run("echo token $PROCMODEL_FENCING_TOKEN").detached());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (lines.stream().noneMatch(line -> line.endsWith("Process exited with status 0"))
                && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }

        String name = lines.stream()
                .filter(line -> line.startsWith("app[scheduler."))
                .map(line -> line.substring("app[".length(), line.indexOf(']')))
                .findFirst()
                .orElseThrow(() -> new AssertionError(lines));
        assertThat(lines)
                .as("what the dyno says comes another way than what is said about it, so their order is no promise")
                .contains("app[" + name + "]: token 1")
                .containsSubsequence(
                        "heroku[" + name + "]: Starting process with command `echo token $PROCMODEL_FENCING_TOKEN`",
                        "heroku[" + name + "]: State changed from starting to up");
    }

    @Test
    void theExitStatusIsTheOutcome() throws Exception {
        clock.job("good").schedule(NEVER).run(shop, "true");
        clock.job("bad").schedule(NEVER).run(shop, "exit 3");

        assertThat(run("good").outcome()).isEqualTo(Outcome.SUCCEEDED);
        RunEnd bad = run("bad");
        assertThat(bad.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(bad.exitStatus()).hasValue(3);
        assertThat(bad.note()).startsWith("scheduler.").contains("exit status 3");
        assertThat(clock.history("bad", 5)).hasSize(1);
    }

    @Test
    void aDynoHasTheSizeThatTheJobSays() throws Exception {
        clock.job("small").schedule(NEVER).run(shop, "true");
        clock.job("big").schedule(NEVER).size("Performance-M").run(shop, "true");
        clock.job("hosts-own").schedule(NEVER).size("TINY").run(shop, "true");
        run("small");
        run("big");
        run("hosts-own");

        assertThat(sizes).containsExactly(DynoSize.STANDARD_1X, DynoSize.PERFORMANCE_M, TINY);
    }

    /** The size is the starter's business if the job has one, and a callback has none. */
    @Test
    void aSizeIsRefusedWhereItWouldBePassedOver() {
        JobBuilder sized = clock.job("sized").schedule(NEVER).size("2x");
        assertThatThrownBy(() -> sized.start(() -> shop.run("true").detached()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected: size only with run(app, command)");
        assertThatThrownBy(() -> sized.call(() -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> clock.job("odd").schedule(NEVER).size("XXL").run(shop, "true"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("dyno size: \"XXL\"")
                .hasMessageContaining("Performance-2XL, Tiny");
        assertThatThrownBy(() -> clock.job("blank").schedule(NEVER).run(shop, " "))
                .isInstanceOf(InvalidValueException.class);
        assertThat(clock.jobs()).isEmpty();
    }

    @Test
    void aDynoThatTakesTooLongIsStopped() throws Exception {
        clock.job("slow").schedule(NEVER).timeout(Duration.ofSeconds(1)).run(shop, "exec sleep 600");

        RunEnd end = run("slow");
        assertThat(end.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(end.exitStatus()).hasValue(143);
        assertThat(lines).anyMatch(line -> line.endsWith("Stopping all processes with SIGTERM"));
    }

    @Test
    void aDynoThatCannotBeStartedIsAFailureAndTheClockGoesOn() throws Exception {
        App empty = platform.createApp("empty");
        clock.job("nothing").schedule(NEVER).run(empty, "true");
        clock.job("good").schedule(NEVER).run(shop, "true");

        assertThat(run("nothing").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run("nothing").note()).contains("NothingDeployed");
        assertThat(run("good").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    private final class Lines implements LogSource {
        private final LogOrigin origin;
        private final StringBuilder partial = new StringBuilder();

        Lines(LogOrigin origin) {
            this.origin = origin;
        }

        @Override
        public synchronized void write(ByteBuffer chunk) {
            for (char next :
                    StandardCharsets.ISO_8859_1.decode(chunk).toString().toCharArray()) {
                if (next == '\n') {
                    lines.add(origin + ": " + partial);
                    partial.setLength(0);
                } else {
                    partial.append(next);
                }
            }
        }

        @Override
        public void close() {}
    }
}
