package io.procmodel.scheduler;

import static io.procmodel.scheduler.ledger.Outcome.ABANDONED;
import static io.procmodel.scheduler.ledger.Outcome.FAILED;
import static io.procmodel.scheduler.ledger.Outcome.MISSED;
import static io.procmodel.scheduler.ledger.Outcome.SKIPPED_OVERLAP;
import static io.procmodel.scheduler.ledger.Outcome.SUCCEEDED;
import static io.procmodel.scheduler.ledger.Outcome.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.lease.InMemoryLease;
import io.procmodel.scheduler.ledger.History;
import io.procmodel.scheduler.ledger.InMemoryRunLedger;
import io.procmodel.scheduler.ledger.JobRun;
import io.procmodel.scheduler.ledger.RunEnd;
import io.procmodel.scheduler.ledger.Trigger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One test or more for each row of the table of policies in docs/scheduler.md, on clocks that the test ticks. */
class PolicyTableTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Schedule MINUTELY = Schedule.every(MINUTE);
    private static final Schedule NIGHTLY = Schedule.daily(LocalTime.of(2, 0), ZoneOffset.UTC);

    private final FakeClock clock = new FakeClock(NOON.plusSeconds(30));
    private final InMemoryLease lease = InMemoryLease.of("clock", Duration.ofSeconds(10), clock);
    private final InMemoryRunLedger ledger = new InMemoryRunLedger(clock, History.DEFAULT);
    private final List<SteppedHost> hosts = new ArrayList<>();
    private long seeds;

    private SteppedHost host() {
        SteppedHost host = new SteppedHost(clock, lease, ledger, seeds++);
        hosts.add(host);
        return host;
    }

    @AfterEach
    void closeHosts() {
        hosts.forEach(SteppedHost::close);
    }

    private static JobPolicy with(CatchUp catchUp) {
        return JobPolicy.DEFAULT.withCatchUp(catchUp);
    }

    private static JobPolicy with(Overlap overlap) {
        return JobPolicy.DEFAULT.withOverlap(overlap);
    }

    private static Instant noonPlus(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    // Zone: UTC, never the host's.

    @Test
    void withoutAZoneAScheduleIsOnUtc() {
        java.util.TimeZone before = java.util.TimeZone.getDefault();
        java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("Pacific/Auckland"));
        try {
            SteppedHost host = host();
            host.job("report", Schedule.dailyAt("13:00"), JobPolicy.DEFAULT);
            host.pass(HOUR);
            assertThat(host.started()).containsExactly(Instant.parse("2026-01-02T13:00:00Z"));
        } finally {
            java.util.TimeZone.setDefault(before);
        }
    }

    // Gap: later by its length. Overlap of a fixed time: once. Wildcards in the overlap: real time.

    @Test
    void aDailyJobInTheGapRunsLaterByTheGap() {
        clock.jump(Duration.between(clock.instant(), Instant.parse("2026-03-29T00:30:00Z")));
        SteppedHost host = host();
        host.job("tidy", Schedule.dailyAt("02:30", ZoneId.of("Europe/Berlin")), JobPolicy.DEFAULT);
        host.pass(HOUR.multipliedBy(2));

        assertThat(host.started()).containsExactly(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @Test
    void aDailyJobInTheOverlapRunsOnceEvenIfTheHostStartsInTheSecondPass() {
        clock.jump(Duration.between(clock.instant(), Instant.parse("2026-10-25T00:20:00Z")));
        Schedule schedule = Schedule.dailyAt("02:30", ZoneId.of("Europe/Berlin"));
        SteppedHost first = host();
        first.job("tidy", schedule, JobPolicy.DEFAULT);
        first.pass(Duration.ofMinutes(30));
        assertThat(first.started()).containsExactly(Instant.parse("2026-10-25T00:30:00Z"));
        first.close();

        SteppedHost restarted = host();
        restarted.job("tidy", schedule, JobPolicy.DEFAULT);
        restarted.pass(HOUR.multipliedBy(2));
        assertThat(restarted.started()).isEmpty();
    }

    @Test
    void aRhythmGoesOnInRealTimeThroughTheOverlap() {
        clock.jump(Duration.between(clock.instant(), Instant.parse("2026-10-24T23:59:00Z")));
        SteppedHost host = host();
        host.job("poll", Schedule.cron("*/20 * * * *", ZoneId.of("Europe/Berlin")), JobPolicy.DEFAULT);
        host.pass(Duration.ofMinutes(122));

        assertThat(host.started()).hasSize(7).doesNotHaveDuplicates();
    }

    // Both day fields: either.

    @Test
    void twoDayFieldsMeanEither() {
        SteppedHost host = host();
        host.job("tidy", Schedule.cron("0 13 13 * 5"), JobPolicy.DEFAULT);

        assertThat(host.scheduler().next("tidy", 3))
                .containsExactly(
                        Instant.parse("2026-01-02T13:00:00Z"),
                        Instant.parse("2026-01-09T13:00:00Z"),
                        Instant.parse("2026-01-13T13:00:00Z"));
    }

    // Catch-up: once, within one period, at most 24 hours.

    @Test
    void aMissedNightlyRunIsCaughtUpInTheMorning() {
        host().job("report", NIGHTLY, JobPolicy.DEFAULT);
        hosts.get(0).step().close();
        clock.pass(HOUR.multipliedBy(20));

        SteppedHost morning = host();
        morning.job("report", NIGHTLY, JobPolicy.DEFAULT);
        morning.pass(SECOND);
        assertThat(morning.runs()).singleElement().satisfies(run -> {
            assertThat(run.scheduledFor()).isEqualTo("2026-01-03T02:00:00Z");
            assertThat(run.trigger()).isEqualTo(Trigger.CATCH_UP);
        });
        morning.pass(HOUR);
        assertThat(morning.started()).as("once").hasSize(1);
    }

    @Test
    void ofManyMissedTheLatestIsRunAndTheOthersAreRecordedAsOne() {
        host().job("poll", MINUTELY, JobPolicy.DEFAULT);
        hosts.get(0).pass(MINUTE).close();
        clock.pass(MINUTE.multipliedBy(30));

        SteppedHost later = host();
        later.job("poll", MINUTELY, JobPolicy.DEFAULT);
        later.pass(SECOND);
        assertThat(later.started()).containsExactly(noonPlus(31));
        assertThat(later.outcomes()).containsExactly("MISSED", "SUCCEEDED");
        JobRun missed = later.scheduler().history("poll", 10).get(1);
        assertThat(missed.count()).isEqualTo(29);
        assertThat(missed.end().orElseThrow().note()).isEqualTo("29 instants from 2026-01-02T12:02:00Z");

        assertThat(later.pass(MINUTE).started()).as("then on the grid").endsWith(noonPlus(32));
    }

    @Test
    void aMissOlderThanADayIsLetGo() {
        Schedule weekly = Schedule.cron("0 2 * * 6");
        host().job("report", weekly, JobPolicy.DEFAULT);
        hosts.get(0).step().close();
        clock.pass(DAY.multipliedBy(3));

        SteppedHost later = host();
        later.job("report", weekly, JobPolicy.DEFAULT);
        later.pass(SECOND);
        assertThat(later.started()).isEmpty();
        assertThat(later.outcomes()).containsExactly(MISSED.toString());
    }

    @Test
    void twoStartsOrTwoLeadersDoNotCatchUpTwice() {
        host().job("report", NIGHTLY, JobPolicy.DEFAULT);
        hosts.get(0).step().close();
        clock.pass(HOUR.multipliedBy(20));

        for (int start = 0; start < 3; start++) {
            SteppedHost host = host();
            host.job("report", NIGHTLY, JobPolicy.DEFAULT);
            host.pass(SECOND).close();
        }
        assertThat(hosts.stream().mapToInt(host -> host.started().size()).sum()).isOne();
    }

    @Test
    void noneLetsEverythingGoButARunThatIsHardlyLate() {
        SteppedHost host = host();
        host.job("poll", MINUTELY, with(CatchUp.none()));
        host.step();
        clock.pass(Duration.ofSeconds(34));
        host.step();
        assertThat(host.started()).as("4 s late").containsExactly(noonPlus(1));

        clock.pass(Duration.ofMinutes(3).plusSeconds(2));
        host.pass(Duration.ofSeconds(20));
        assertThat(host.started()).hasSize(1);
        assertThat(host.outcomes()).containsExactly("SUCCEEDED", "MISSED");
        assertThat(host.scheduler().history("poll", 1).get(0).count()).isEqualTo(3);
    }

    @Test
    void allRunsEveryMissedInstantInOrderUpToItsLimit() {
        host().job("poll", MINUTELY, with(CatchUp.all(5)));
        hosts.get(0).step().close();
        clock.pass(MINUTE.multipliedBy(8));

        SteppedHost later = host();
        later.job("poll", MINUTELY, with(CatchUp.all(5)));
        later.pass(SECOND);
        assertThat(later.started()).containsExactly(noonPlus(4), noonPlus(5), noonPlus(6), noonPlus(7), noonPlus(8));
        assertThat(later.scheduler().history("poll", 10))
                .anySatisfy(run -> assertThat(run.count()).isEqualTo(3));
    }

    @Test
    void withinBoundsWhatIsCaughtUp() {
        host().job("poll", MINUTELY, with(CatchUp.all().within(Duration.ofMinutes(2))));
        hosts.get(0).step().close();
        clock.pass(MINUTE.multipliedBy(8));

        SteppedHost later = host();
        later.job("poll", MINUTELY, with(CatchUp.all().within(Duration.ofMinutes(2))));
        later.pass(SECOND);
        assertThat(later.started()).containsExactly(noonPlus(7), noonPlus(8));
    }

    /** What waits is in memory only; what is recorded must not be newer, or the next leader would take it for done. */
    @Test
    void ofTooManyThatWaitTheOldestIsLeftOutAndTheNextLeaderHasTheOthers() {
        JobPolicy all = with(CatchUp.all());
        SteppedHost first = host();
        first.slowJob("poll", MINUTELY, all);
        first.step().close();
        hosts.remove(first);
        clock.pass(MINUTE.multipliedBy(120));
        SteppedHost second = host();
        second.slowJob("poll", MINUTELY, all);
        second.pass(MINUTE.multipliedBy(3));
        assertThat(second.started()).containsExactly(noonPlus(21));
        assertThat(second.outcomes()).containsExactly("MISSED", "SKIPPED_OVERLAP", "SKIPPED_OVERLAP");
        second.close();
        hosts.remove(second);

        clock.pass(MINUTE);
        SteppedHost third = host();
        third.job("poll", MINUTELY, all.withOverlap(Overlap.ALLOW));
        third.pass(SECOND);
        assertThat(third.started())
                .containsExactlyElementsOf(IntStream.rangeClosed(25, 124)
                        .mapToObj(PolicyTableTest::noonPlus)
                        .toList());
    }

    /** Kubernetes gives up after 100 misses; a clock must not. */
    @Test
    void aDenseScheduleIsNotStuckAfterALongOutage() {
        Schedule everySecond = Schedule.every(SECOND);
        host().job("poll", everySecond, JobPolicy.DEFAULT);
        hosts.get(0).step().close();
        clock.pass(DAY.multipliedBy(400));

        SteppedHost later = host();
        later.job("poll", everySecond, JobPolicy.DEFAULT);
        later.pass(Duration.ofSeconds(3));
        assertThat(later.outcomes()).startsWith("MISSED", "SUCCEEDED");
        assertThat(later.started()).hasSize(4);
    }

    // Running still: skip, queue one, replace, allow.

    @Test
    void aRunThatFindsAnotherGoingOnIsLeftOutAndCounted() {
        SteppedHost host = host();
        host.slowJob("poll", MINUTELY, JobPolicy.DEFAULT);
        host.pass(MINUTE.multipliedBy(3));
        assertThat(host.started()).containsExactly(noonPlus(1));
        assertThat(host.outcomes()).containsExactly("SKIPPED_OVERLAP", "SKIPPED_OVERLAP");

        host.slow().end();
        host.pass(MINUTE);
        assertThat(host.started()).containsExactly(noonPlus(1), noonPlus(4));
        assertThat(host.scheduler().history("poll", 10))
                .extracting(run -> run.end().map(RunEnd::outcome).orElse(null))
                .containsExactly(null, SKIPPED_OVERLAP, SKIPPED_OVERLAP, SUCCEEDED);
    }

    @Test
    void aRunOfAnotherHostCountsAsGoingOn() {
        SteppedHost first = host();
        first.slowJob("poll", MINUTELY, JobPolicy.DEFAULT);
        first.pass(MINUTE);
        assertThat(first.slowRuns()).isOne();

        SteppedHost second = host();
        second.job("poll", MINUTELY, JobPolicy.DEFAULT);
        clock.pass(Duration.ofSeconds(10));
        for (int part = 0; part < 6; part++) {
            second.pass(Duration.ofSeconds(10));
            first.step();
        }
        assertThat(second.scheduler().leadToken()).hasValue(2);
        assertThat(second.outcomes()).containsExactly("SKIPPED_OVERLAP");

        first.slow().end();
        first.step();
        second.pass(MINUTE);
        assertThat(second.started()).containsExactly(noonPlus(3));
    }

    @Test
    void queueKeepsOneRunWaitingAndNoMore() {
        SteppedHost host = host();
        host.slowJob("poll", MINUTELY, with(Overlap.QUEUE));
        host.pass(MINUTE.multipliedBy(3));
        assertThat(host.outcomes()).containsExactly("SKIPPED_OVERLAP");

        host.slow().end();
        host.step();
        assertThat(host.started()).containsExactly(noonPlus(1), noonPlus(2));
    }

    @Test
    void replaceStopsTheRunAndStartsTheNewOneWhenItHasEnded() {
        SteppedHost host = host();
        host.slowJob("poll", MINUTELY, with(Overlap.REPLACE));
        host.pass(MINUTE.multipliedBy(2));
        assertThat(host.started()).as("not before the old one has ended").containsExactly(noonPlus(1));

        SteppedHost.Slow old = host.slow();
        assertThat(old.stopped).isTrue();
        old.fail();
        host.step();
        assertThat(host.started()).containsExactly(noonPlus(1), noonPlus(2));
        assertThat(host.outcomes()).containsExactly("REPLACED");
    }

    @Test
    void allowLetsBothRun() {
        SteppedHost host = host();
        host.slowJob("poll", MINUTELY, with(Overlap.ALLOW));
        host.pass(MINUTE.multipliedBy(3));

        assertThat(host.slowRuns()).isEqualTo(3);
    }

    // Jitter: none; stable per job; what is claimed is the instant.

    @Test
    void jitterDelaysAJobAlwaysByTheSameAndClaimsItsInstant() {
        SteppedHost host = host();
        JobPolicy jitter = JobPolicy.DEFAULT.withJitter(Duration.ofSeconds(20));
        IntStream.range(0, 20).forEach(i -> host.job("job" + i, MINUTELY, jitter));
        host.pass(MINUTE.multipliedBy(3));

        List<JobRun> runs = host.runs();
        assertThat(runs)
                .hasSize(60)
                .extracting(JobRun::scheduledFor)
                .containsOnly(noonPlus(1), noonPlus(2), noonPlus(3));
        List<Duration> delays = runs.stream()
                .filter(run -> run.job().equals("job7"))
                .map(run -> Duration.between(run.scheduledFor(), run.startedAt()))
                .toList();
        assertThat(delays).allSatisfy(delay -> assertThat(delay).isBetween(Duration.ZERO, Duration.ofSeconds(21)));
        assertThat(delays.stream().distinct()).hasSize(1);
        assertThat(runs.stream().map(JobRun::startedAt).distinct().count())
                .as("spread")
                .isGreaterThan(10);
    }

    // Fixed rate after a pause: one, and then on the grid.

    @Test
    void aFixedRateCoalescesAfterASuspendAndKeepsItsGrid() {
        SteppedHost host = host();
        host.job("poll", Schedule.every(Duration.ofSeconds(10)), JobPolicy.DEFAULT);
        host.pass(Duration.ofSeconds(11));
        host.forgetEvents();
        clock.pass(MINUTE.plusSeconds(3));
        host.step();
        assertThat(host.started()).containsExactly(NOON.plusSeconds(100));

        assertThat(host.pass(Duration.ofSeconds(10)).started()).endsWith(NOON.plusSeconds(110));
    }

    // First run: at the next instant.

    @Test
    void nothingRunsAtRegistrationUnlessItIsAskedFor() {
        SteppedHost host = host();
        host.job("poll", MINUTELY, JobPolicy.DEFAULT);
        host.job("warm-up", MINUTELY, JobPolicy.DEFAULT.withRunAtStart());
        host.step();
        assertThat(host.runs()).extracting(JobRun::job).containsExactly("warm-up");
        host.close();

        SteppedHost restarted = host();
        restarted.job("warm-up", MINUTELY, JobPolicy.DEFAULT.withRunAtStart());
        restarted.step();
        assertThat(restarted.runs()).as("known already").isEmpty();
    }

    // Abandoned: reported, and run again only if the job says so.

    @Test
    void aRunOfADeadHostIsReportedAndNotRepeated() {
        SteppedHost dead = host();
        dead.slowJob("poll", Schedule.every(HOUR), JobPolicy.DEFAULT);
        dead.pass(HOUR);
        hosts.remove(dead);

        SteppedHost next = host();
        next.job("poll", Schedule.every(HOUR), JobPolicy.DEFAULT);
        next.pass(MINUTE);
        assertThat(next.outcomes()).containsExactly(ABANDONED.toString());
        assertThat(next.started()).isEmpty();
    }

    @Test
    void aJobThatMayRunTwiceIsRunAgain() {
        JobPolicy rerun = JobPolicy.DEFAULT.withOnAbandoned(OnAbandoned.RERUN);
        SteppedHost dead = host();
        dead.slowJob("poll", Schedule.every(HOUR), rerun);
        dead.pass(HOUR);
        hosts.remove(dead);

        SteppedHost next = host();
        next.job("poll", Schedule.every(HOUR), rerun);
        next.pass(MINUTE);
        assertThat(next.outcomes()).containsExactly("ABANDONED", "SUCCEEDED");
        assertThat(next.runs()).singleElement().satisfies(run -> {
            assertThat(run.attempt()).isEqualTo(2);
            assertThat(run.trigger()).isEqualTo(Trigger.RETRY);
            assertThat(run.scheduledFor()).isEqualTo(noonPlus(60));
        });
    }

    // Schedule edited: from now on.

    @Test
    void anEditedScheduleDropsOldMissesAndKeepsItsHistory() {
        host().job("report", MINUTELY, JobPolicy.DEFAULT);
        hosts.get(0).pass(MINUTE).close();
        clock.pass(HOUR);

        SteppedHost edited = host();
        edited.job("report", Schedule.every(Duration.ofMinutes(2)), JobPolicy.DEFAULT);
        edited.pass(SECOND);
        assertThat(edited.started()).isEmpty();
        assertThat(edited.scheduler().history("report", 5)).hasSize(1);

        edited.pass(MINUTE.multipliedBy(2));
        assertThat(edited.started()).containsExactly(noonPlus(62));
    }

    // Pause: stored; the paused span is not caught up unless asked.

    @Test
    void aPausedJobStaysPausedOverARestartAndItsSpanIsLetGo() {
        SteppedHost host = host();
        host.job("poll", MINUTELY, JobPolicy.DEFAULT);
        host.step();
        host.scheduler().pause("poll");
        assertThat(host.pass(MINUTE.multipliedBy(5)).started()).isEmpty();
        host.close();

        SteppedHost restarted = host();
        restarted.job("poll", MINUTELY, JobPolicy.DEFAULT);
        assertThat(restarted.pass(MINUTE.multipliedBy(5)).started()).isEmpty();
        assertThat(restarted.scheduler().isPaused("poll")).isTrue();

        restarted.scheduler().resume("poll");
        assertThat(restarted.pass(Duration.ofSeconds(20)).started()).isEmpty();
        assertThat(restarted.pass(MINUTE).started()).containsExactly(noonPlus(11));
    }

    @Test
    void aPauseCanBeCaughtUp() {
        SteppedHost host = host();
        host.job("poll", MINUTELY, JobPolicy.DEFAULT);
        host.step();
        host.scheduler().pause("poll");
        host.pass(MINUTE.multipliedBy(5));
        host.scheduler().resumeAndCatchUp("poll");
        host.step();

        assertThat(host.started()).containsExactly(noonPlus(5));
        assertThat(host.outcomes()).containsExactly("MISSED", "SUCCEEDED");
    }

    @Test
    void anyHostPausesForTheOneThatHasTheLead() {
        SteppedHost leader = host();
        leader.job("poll", MINUTELY, JobPolicy.DEFAULT);
        leader.step();
        SteppedHost follower = host();
        follower.job("poll", MINUTELY, JobPolicy.DEFAULT);
        follower.step();
        follower.scheduler().pause("poll");

        assertThat(leader.pass(MINUTE.multipliedBy(3)).started()).isEmpty();
    }

    // Run now: a key of its own, while paused too, the schedule does not move.

    @Test
    void runNowLeavesTheScheduleAlone() {
        SteppedHost host = host();
        host.job("poll", MINUTELY, JobPolicy.DEFAULT);
        host.step();
        host.scheduler().pause("poll");
        CompletableFuture<JobRun> run = host.scheduler().runNow("poll");
        host.step();
        assertThat(run)
                .isCompletedWithValueMatching(ended -> ended.trigger() == Trigger.MANUAL
                        && ended.end().orElseThrow().outcome() == SUCCEEDED);

        host.scheduler().resume("poll");
        host.pass(MINUTE);
        assertThat(host.started()).hasSize(2).endsWith(noonPlus(1));
    }

    @Test
    void runNowRespectsTheOverlapPolicy() {
        SteppedHost host = host();
        host.slowJob("poll", MINUTELY, JobPolicy.DEFAULT);
        host.pass(MINUTE);
        CompletableFuture<JobRun> run = host.scheduler().runNow("poll");
        host.step();

        assertThat(run)
                .isCompletedWithValueMatching(ended -> ended.end().orElseThrow().outcome() == SKIPPED_OVERLAP);
    }

    @Test
    void runNowWorksOnAHostWithoutTheLead() {
        SteppedHost leader = host();
        leader.step();
        SteppedHost follower = host();
        follower.job("poll", MINUTELY, JobPolicy.DEFAULT);
        CompletableFuture<JobRun> run = follower.scheduler().runNow("poll");
        follower.step();

        assertThat(run).isCompletedWithValueMatching(ended -> ended.token() == 0);
    }

    // Timeout.

    @Test
    void aRunThatTakesTooLongIsStopped() {
        SteppedHost host = host();
        host.slowJob("poll", Schedule.every(HOUR), JobPolicy.DEFAULT.withTimeout(Optional.of(MINUTE)));
        host.pass(HOUR.plus(MINUTE).minus(Duration.ofSeconds(35)));
        SteppedHost.Slow run = host.slow();
        assertThat(run.stopped).isFalse();
        host.pass(SECOND.multipliedBy(10));
        assertThat(run.stopped).isTrue();

        run.fail();
        host.step();
        assertThat(host.outcomes()).containsExactly(TIMED_OUT.toString());
    }

    @Test
    void theDefaultTimeoutIsADay() {
        SteppedHost host = host();
        host.slowJob("poll", Schedule.at(noonPlus(1)), JobPolicy.DEFAULT);
        host.pass(MINUTE);
        SteppedHost.Slow run = host.slow();
        clock.pass(DAY.minus(MINUTE));
        host.step();
        assertThat(run.stopped).isFalse();

        clock.pass(MINUTE.multipliedBy(2));
        host.step();
        assertThat(run.stopped).isTrue();
    }

    /** Such as ChronoUnit.FOREVER, by which people say that there is no bound. */
    @Test
    void aSpanThatNoClockCanCountIsAsGoodAsEndless() {
        Duration forever = ChronoUnit.FOREVER.getDuration();
        SteppedHost host = host();
        host.slowJob(
                "poll",
                MINUTELY,
                JobPolicy.DEFAULT
                        .withTimeout(Optional.of(forever))
                        .withRetries(1, forever)
                        .withCatchUp(CatchUp.once().within(forever)));
        host.job("spread", MINUTELY, JobPolicy.DEFAULT.withJitter(forever));
        host.pass(MINUTE);
        SteppedHost.Slow run = host.slow();
        assertThat(ledger.open()).containsExactly(run.run);
        run.fail();
        host.pass(MINUTE);

        assertThat(host.outcomes()).containsExactly(FAILED.toString());
        assertThat(host.slowRuns()).isOne();
    }

    // Retry.

    @Test
    void aFailedRunIsTriedAgainAfterItsPauseAndNoMoreOftenThanSaid() {
        SteppedHost host = host();
        host.slowJob("poll", Schedule.every(HOUR), JobPolicy.DEFAULT.withRetries(2, MINUTE));
        host.pass(HOUR);
        for (int attempt = 1; attempt <= 3; attempt++) {
            SteppedHost.Slow run = host.slow();
            assertThat(run.run.attempt()).isEqualTo(attempt);
            assertThat(run.run.scheduledFor()).isEqualTo(noonPlus(60));
            run.fail();
            host.pass(Duration.ofSeconds(59));
            assertThat(host.slowRuns()).isZero();
            host.pass(Duration.ofSeconds(2));
        }
        assertThat(host.slowRuns()).isZero();
        assertThat(host.outcomes()).containsOnly(FAILED.toString()).hasSize(3);
        assertThat(host.scheduler().history("poll", 5))
                .extracting(run -> run.end().orElseThrow().exitStatus().orElse(-1))
                .containsOnly(1);
    }

    @Test
    void theNextLeaderOwesTheRetry() {
        SteppedHost first = host();
        first.slowJob("poll", Schedule.every(HOUR), JobPolicy.DEFAULT.withRetries(1, MINUTE));
        first.pass(HOUR);
        first.slow().fail();
        first.step().close();

        SteppedHost second = host();
        second.job("poll", Schedule.every(HOUR), JobPolicy.DEFAULT.withRetries(1, MINUTE));
        second.pass(MINUTE.multipliedBy(2));
        assertThat(second.runs())
                .singleElement()
                .satisfies(run -> assertThat(run.attempt()).isEqualTo(2));
    }

    /** Other languages of the JVM throw checked exceptions that nobody declares. */
    @Test
    void aCallbackThatThrowsWhatItDoesNotDeclareHasFailed() {
        SteppedHost host = host();
        host.scheduler()
                .job("poll")
                .schedule(MINUTELY)
                .call(() -> PolicyTableTest.<RuntimeException>throwUndeclared(new IOException("no route")));
        host.pass(MINUTE.multipliedBy(2));

        assertThat(host.outcomes()).containsExactly(FAILED.toString(), FAILED.toString());
        assertThat(ledger.open()).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwUndeclared(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void aRunWhoseStartEndsInAnErrorHasFailedAndTheOthersAreStarted() {
        SteppedHost host = host();
        for (String name : List.of("first", "second", "third")) {
            host.scheduler().register(new Job(name, MINUTELY, JobPolicy.DEFAULT, (run, done) -> {
                throw new NoClassDefFoundError("shop/Report");
            }));
        }
        host.pass(MINUTE);

        assertThat(host.outcomes()).hasSize(3).containsOnly(FAILED.toString());
        assertThat(ledger.open()).isEmpty();
    }

    // After completion.

    /** Nobody here is told when that other run ends, and the job must go on all the same. */
    @Test
    void aPauseAfterCompletionGoesOnAfterARunThatAnotherHostKeptOut() {
        Schedule schedule = Schedule.everyAfterCompletion(MINUTE);
        SteppedHost first = host();
        first.slowJob("poll", schedule, JobPolicy.DEFAULT);
        first.pass(MINUTE);
        assertThat(first.slowRuns()).isOne();

        SteppedHost second = host();
        second.job("poll", schedule, JobPolicy.DEFAULT);
        clock.pass(Duration.ofSeconds(10));
        for (int part = 0; part < 7; part++) {
            second.pass(Duration.ofSeconds(10));
            first.step();
        }
        assertThat(second.scheduler().leadToken()).hasValue(2);
        assertThat(second.outcomes()).containsExactly("SKIPPED_OVERLAP");

        first.slow().end();
        first.step();
        second.pass(MINUTE);
        assertThat(second.started()).hasSize(1);
    }

    @Test
    void aPauseAfterCompletionCountsFromTheEndAlsoForTheNextLeader() {
        Schedule schedule = Schedule.everyAfterCompletion(MINUTE);
        SteppedHost first = host();
        first.slowJob("poll", schedule, JobPolicy.DEFAULT);
        first.pass(MINUTE.multipliedBy(10));
        assertThat(first.started()).containsExactly(NOON.plusSeconds(90));
        first.slow().end();
        first.step();
        Instant end = clock.instant();
        first.pass(Duration.ofSeconds(30)).close();

        SteppedHost second = host();
        second.job("poll", schedule, JobPolicy.DEFAULT);
        second.pass(Duration.ofSeconds(31));
        assertThat(second.started()).containsExactly(end.plus(MINUTE));
    }

    // History: bounded.

    @Test
    void theHistoryKeepsFiftyRuns() {
        SteppedHost host = host();
        host.job("poll", Schedule.every(SECOND), JobPolicy.DEFAULT);
        host.pass(Duration.ofSeconds(80));

        assertThat(host.scheduler().history("poll", 100)).hasSize(50);
    }
}
