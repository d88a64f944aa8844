package io.procmodel.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.lease.FileLease;
import io.procmodel.lease.InMemoryLease;
import io.procmodel.scheduler.ledger.History;
import io.procmodel.scheduler.ledger.InMemoryRunLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clocks that are set, machines that sleep: told as events, and never a job twice. */
class ClockJumpTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Schedule MINUTELY = Schedule.every(Duration.ofMinutes(1));

    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-02T12:00:30Z"));
    private final InMemoryRunLedger ledger = new InMemoryRunLedger(clock, History.DEFAULT);

    @TempDir
    private Path directory;

    private SteppedHost host() {
        SteppedHost host = new SteppedHost(clock, FileLease.at(directory.resolve("lease")), ledger, 1);
        host.job("poll", MINUTELY, JobPolicy.DEFAULT);
        host.step();
        return host;
    }

    @Test
    void aClockSetBackAnHourFiresNothingAgain() {
        try (SteppedHost host = host()) {
            host.pass(Duration.ofMinutes(10));
            int before = host.started().size();
            clock.jump(HOUR.negated());
            host.step();
            assertThat(host.events(SchedulerEvent.ClockJumped.class))
                    .singleElement()
                    .satisfies(jump -> assertThat(jump.by()).isEqualTo(HOUR.negated()));

            host.pass(HOUR.minusMinutes(1));
            assertThat(host.started()).hasSize(before);
            host.pass(Duration.ofMinutes(2));
            assertThat(host.started()).hasSizeGreaterThan(before).doesNotHaveDuplicates();
        }
    }

    @Test
    void aClockSetBackBetweenTwoStartsOfTheHostFiresNothingAgain() {
        try (SteppedHost host = host()) {
            host.pass(Duration.ofMinutes(10));
        }
        clock.jump(HOUR.negated());
        try (SteppedHost restarted = host()) {
            restarted.pass(HOUR.minusMinutes(1));
            assertThat(restarted.started()).isEmpty();
        }
    }

    @Test
    void aClockSetThreeDaysAheadRunsEachJobOnce() {
        try (SteppedHost host = host()) {
            host.pass(Duration.ofMinutes(2));
            host.forgetEvents();
            clock.jump(Duration.ofDays(3));
            host.step();

            assertThat(host.events(SchedulerEvent.ClockJumped.class)).hasSize(1);
            assertThat(host.started()).containsExactly(Instant.parse("2026-01-05T12:02:00Z"));
            assertThat(host.outcomes()).containsExactly("MISSED", "SUCCEEDED");
        }
    }

    @Test
    void anHourOfSleepIsOneRunAndAnEvent() {
        try (SteppedHost host = host()) {
            host.pass(Duration.ofMinutes(2));
            host.forgetEvents();
            clock.jump(HOUR);
            host.step();

            assertThat(host.started()).hasSize(1);
            assertThat(host.events(SchedulerEvent.ClockJumped.class))
                    .singleElement()
                    .satisfies(jump -> assertThat(jump.by()).isEqualTo(HOUR));
        }
    }

    /** A process that was stopped sees both clocks go on; that is no jump, and one run. */
    @Test
    void aStoppedProcessRunsEachJobOnceWhenItGoesOn() {
        try (SteppedHost host = host()) {
            host.forgetEvents();
            clock.pass(HOUR);
            host.step();

            assertThat(host.started()).hasSize(1);
            assertThat(host.events(SchedulerEvent.ClockJumped.class)).isEmpty();
        }
    }

    @Test
    void smallCorrectionsAreNoJump() {
        try (SteppedHost host = host()) {
            clock.jump(Duration.ofSeconds(2));
            host.step();
            clock.jump(Duration.ofSeconds(-2));
            host.step();
            assertThat(host.events(SchedulerEvent.ClockJumped.class)).isEmpty();
        }
    }

    @Test
    void aPauseAfterCompletionDoesNotGrowWhenTheClockIsSetBack() {
        try (SteppedHost host = new SteppedHost(clock, FileLease.at(directory.resolve("lease")), ledger, 1)) {
            host.job("poll", Schedule.everyAfterCompletion(Duration.ofMinutes(1)), JobPolicy.DEFAULT);
            host.pass(Duration.ofSeconds(61));
            assertThat(host.started()).hasSize(1);
            clock.jump(HOUR.negated());
            host.pass(Duration.ofMinutes(2));

            assertThat(host.started()).hasSizeGreaterThan(1);
        }
    }

    /** Clocks two seconds apart, the lead going to and fro: each instant once. */
    @Test
    void hostsWhoseClocksDifferDoNotShareAnInstant() {
        FakeClock ahead = new FakeClock(clock.instant().plusSeconds(2));
        InMemoryLease lease = InMemoryLease.of("clock", Duration.ofSeconds(10), clock);
        SteppedHost first = new SteppedHost(clock, lease, ledger, 1);
        SteppedHost second = new SteppedHost(ahead, lease, ledger, 2);
        Schedule everySecond = Schedule.every(Duration.ofSeconds(1));
        JobPolicy all = JobPolicy.DEFAULT.withCatchUp(CatchUp.all()).withOverlap(Overlap.ALLOW);
        first.job("poll", everySecond, all);
        second.job("poll", everySecond, all);
        for (int tick = 0; tick < 120; tick++) {
            boolean firstStopped = tick / 20 % 2 == 1;
            clock.pass(Duration.ofSeconds(1));
            ahead.pass(Duration.ofSeconds(1));
            (firstStopped ? second : first).step();
        }

        java.util.List<Instant> started = new java.util.ArrayList<>(first.started());
        started.addAll(second.started());
        assertThat(first.started()).hasSizeGreaterThan(20);
        assertThat(second.started()).hasSizeGreaterThan(20);
        assertThat(started).doesNotHaveDuplicates();
        started.sort(null);
        assertThat(Duration.between(started.get(0), started.get(started.size() - 1)))
                .as("no instant is left out")
                .isEqualTo(Duration.ofSeconds(started.size() - 1));
    }
}
