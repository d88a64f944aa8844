package io.procmodel.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.ProcModelException;
import io.procmodel.lease.FileLease;
import io.procmodel.lease.HeldLease;
import io.procmodel.lease.Lease;
import io.procmodel.scheduler.ledger.RunLedgerDamagedException;
import io.procmodel.scheduler.ledger.RunLedgerInUseException;
import io.procmodel.scheduler.ledger.RunLedgerUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused: typed, with the value and what was expected, and nothing is registered. */
class BadInputTest {
    private static final Schedule HOURLY = Schedule.every(Duration.ofHours(1));

    @TempDir
    private Path directory;

    private ClockScheduler clock;

    @BeforeEach
    void build() {
        clock = ClockScheduler.builder()
                .lease(FileLease.at(directory.resolve("lease")))
                .build();
    }

    @AfterEach
    void close() {
        clock.closeSteppedClock();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused("job name: \"\"", c -> c.job("")),
                refused("job name: \"a b\"", c -> c.job("a b")),
                refused("job name: \"-x\"", c -> c.job("-x")),
                refused("job name: \"a@b\"", c -> c.job("a@b")),
                refused("jitter: \"PT-1S\"", c -> c.job("x").jitter(Duration.ofSeconds(-1))),
                refused("timeout: \"PT0S\"", c -> c.job("x").timeout(Duration.ZERO)),
                refused("timeout: \"PT-1H\"", c -> c.job("x").timeout(Duration.ofHours(-1))),
                refused("retries: \"-1\"", c -> c.job("x").retry(-1, Duration.ZERO)),
                refused("retries: \"101\"", c -> c.job("x").retry(101, Duration.ZERO)),
                refused("retry pause: \"PT-1S\"", c -> c.job("x").retry(1, Duration.ofSeconds(-1))),
                refused("catch-up limit: \"101\"", c -> CatchUp.all(101)),
                refused("catch-up limit: \"-1\"", c -> CatchUp.all(-1)),
                refused("catch-up within: \"PT-1S\"", c -> CatchUp.once().within(Duration.ofSeconds(-1))),
                refused(
                        "close patience: \"PT-1S\"",
                        c -> ClockScheduler.builder().closePatience(Duration.ofSeconds(-1))),
                refused("\"PT-5M\"", c -> c.job("x").schedule(Schedule.every(Duration.ofMinutes(-5)))),
                refused("\"PT0S\"", c -> c.job("x").schedule(Schedule.everyAfterCompletion(Duration.ZERO))),
                refused("\"61\"", c -> c.job("x").schedule("61 * * * *")),
                refused("\"Europe/Berlni\"", c -> c.job("x").schedule("daily at 02:00 Europe/Berlni")),
                refused("\"24:00\"", c -> c.job("x").schedule("daily at 24:00")),
                refused("job: \"y\" (expected: one of [there])", c -> c.pause("y")),
                refused(
                        "job: \"y\" (expected: one of [there])",
                        c -> c.runNow("y").join()),
                refused("job: \"y\" (expected: one of [there])", c -> c.history("y", 1)),
                refused("job: \"y\" (expected: one of [there])", c -> c.remove("y")),
                refused("count: \"0\"", c -> c.next("there", 0)),
                refused("count: \"1001\"", c -> c.history("there", 1001)),
                refused("job: \"there\" is registered already", c -> c.schedule("there", HOURLY, () -> {})));
    }

    private static Arguments refused(String message, Consumer<ClockScheduler> call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void isRefusedAndNothingIsRegistered(String message, Consumer<ClockScheduler> call) {
        clock.schedule("there", HOURLY, () -> {});

        assertThatThrownBy(() -> call.accept(clock))
                .isInstanceOf(ProcModelException.class)
                .hasMessageContaining(message)
                .satisfies(error -> assertThat(error.getMessage()).containsAnyOf("expected:", "registered"));
        assertThat(clock.jobs()).containsExactly("there");
    }

    @Test
    void aJobWithoutAScheduleIsNotRegistered() {
        assertThatThrownBy(() -> clock.job("x").call(() -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("job x: no schedule");
        assertThat(clock.jobs()).isEmpty();
    }

    @Test
    void aSecondSchedulerOfThisProcessOnTheSameFilesIsRefusedAndTheFirstGoesOn() {
        assertThatThrownBy(() -> ClockScheduler.builder()
                        .lease(FileLease.at(directory.resolve("lease")))
                        .start())
                .isInstanceOf(RunLedgerInUseException.class)
                .hasMessageContaining(directory.resolve("lease.runs").toString());
        clock.engine().step();
        assertThat(clock.leadToken()).hasValue(1);
    }

    @Test
    void filesThatAreSomethingElseAreRefusedAndLeftAlone() throws IOException {
        Path runs = Files.createDirectories(directory.resolve("notes.runs"));
        Path notes = Files.writeString(runs.resolve("journal"), "buy milk\nand bread\n");
        assertThatThrownBy(() -> ClockScheduler.builder()
                        .lease(FileLease.at(directory.resolve("notes")))
                        .start())
                .isInstanceOf(RunLedgerDamagedException.class)
                .hasMessageContaining("buy milk");
        assertThat(notes).hasContent("buy milk\nand bread\n");

        assertThatThrownBy(() -> ClockScheduler.builder()
                        .lease(FileLease.at(notes.resolve("lease")))
                        .start())
                .isInstanceOf(RunLedgerUnavailableException.class)
                .hasMessageContaining(notes.toString());
    }

    @Test
    void aLeaseIsRequiredAndASharedOneNeedsALedger() {
        assertThatThrownBy(() -> ClockScheduler.builder().start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lease: not set");
        Lease foreign = new Lease() {
            @Override
            public String name() {
                return "foreign";
            }

            @Override
            public Optional<Duration> ttl() {
                return Optional.empty();
            }

            @Override
            public Optional<HeldLease> tryAcquire() {
                return Optional.empty();
            }
        };
        assertThatThrownBy(() -> ClockScheduler.builder().lease(foreign).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ledger: not set");
    }

    @Test
    void aClosedSchedulerSaysSo() {
        ClockScheduler other = ClockScheduler.builder()
                .lease(FileLease.at(directory.resolve("other")))
                .start();
        other.schedule("x", HOURLY, () -> {});
        other.close();
        other.close();

        assertThatThrownBy(() -> other.runNow("x")).isInstanceOf(SchedulerClosedException.class);
        assertThatThrownBy(() -> other.schedule("y", HOURLY, () -> {})).isInstanceOf(SchedulerClosedException.class);
        assertThatThrownBy(() -> other.pause("x")).isInstanceOf(SchedulerClosedException.class);
        assertThat(other.jobs()).containsExactly("x");
        assertThat(other.leadToken()).isEmpty();
    }
}
