package io.procmodel.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.lease.InMemoryLease;
import io.procmodel.scheduler.ledger.Claim;
import io.procmodel.scheduler.ledger.History;
import io.procmodel.scheduler.ledger.InMemoryRunLedger;
import io.procmodel.scheduler.ledger.JobMark;
import io.procmodel.scheduler.ledger.JobRun;
import io.procmodel.scheduler.ledger.RunEnd;
import io.procmodel.scheduler.ledger.RunLedger;
import io.procmodel.scheduler.ledger.RunLedgerUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A ledger that goes away, loses answers, or shuts an old leader out. */
class StoreFailureTest {
    private static final Schedule EVERY_SECOND = Schedule.every(Duration.ofSeconds(1));

    private final FakeClock clock = new FakeClock(Instant.parse("2026-01-02T12:00:00.500Z"));
    private final InMemoryLease lease = InMemoryLease.of("clock", Duration.ofSeconds(10), clock);
    private final InMemoryRunLedger store = new InMemoryRunLedger(clock, History.DEFAULT);
    private final Flaky ledger = new Flaky();
    private final SteppedHost host = new SteppedHost(clock, lease, ledger, 1);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void whatIsDueWhileTheLedgerIsAwayRunsWhenItIsBackOnce() {
        host.job("poll", EVERY_SECOND, JobPolicy.DEFAULT.withCatchUp(CatchUp.all()));
        host.pass(Duration.ofSeconds(3));
        ledger.away = true;
        host.pass(Duration.ofSeconds(5));
        assertThat(host.started()).hasSize(3);
        assertThat(host.events(SchedulerEvent.StoreFailed.class)).isNotEmpty();

        ledger.away = false;
        host.pass(Duration.ofSeconds(2));
        assertThat(host.started()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void aClaimWhoseAnswerWasLostIsStartedOnce() {
        host.job("poll", EVERY_SECOND, JobPolicy.DEFAULT);
        host.pass(Duration.ofSeconds(3));
        ledger.losesAnswers = 1;
        host.pass(Duration.ofSeconds(3));

        assertThat(host.started()).hasSize(6).doesNotHaveDuplicates();
        assertThat(store.open()).isEmpty();
    }

    @Test
    void aRunWhoseLostAnswerWasFollowedByALostLeadIsStartedOnce() {
        host.job("poll", Schedule.every(Duration.ofMinutes(1)), JobPolicy.DEFAULT);
        host.pass(Duration.ofSeconds(59));
        ledger.losesAnswers = 1;
        ledger.awayAfterLoss = true;
        clock.pass(Duration.ofMillis(500));
        host.step();
        assertThat(store.open()).hasSize(1);
        clock.pass(Duration.ofSeconds(11));
        lease.tryAcquire().orElseThrow().release();
        ledger.away = false;
        host.pass(Duration.ofSeconds(3));

        assertThat(host.outcomes()).containsExactly("SUCCEEDED");
        assertThat(host.runs())
                .singleElement()
                .satisfies(run -> assertThat(run.attempt()).isEqualTo(1));
        assertThat(store.open()).isEmpty();
    }

    /** A step takes longer than the lease is sure for, and the lease is renewed all the same: nobody wanted it. */
    @Test
    void whatIsDueWhileTheLeaseIsInDoubtRunsWhenItIsRenewed() {
        host.job("poll", EVERY_SECOND, JobPolicy.DEFAULT.withCatchUp(CatchUp.all()));
        host.pass(Duration.ofSeconds(3));
        ledger.takes = Duration.ofSeconds(9);
        host.pass(Duration.ofSeconds(2));
        assertThat(ledger.takes).as("the ledger was slow").isZero();
        host.pass(Duration.ofSeconds(2));

        assertThat(host.events(SchedulerEvent.LeaderLost.class)).isEmpty();
        assertThat(host.started()).hasSize(16).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void whatIsDueWhileTheLeaseIsInDoubtIsTheNextLeadersIfItIsLost() {
        host.job("poll", EVERY_SECOND, JobPolicy.DEFAULT.withCatchUp(CatchUp.all()));
        host.pass(Duration.ofSeconds(3));
        ledger.takes = Duration.ofSeconds(11);
        while (!ledger.takes.isZero()) {
            clock.pass(Duration.ofMillis(500));
            host.scheduler().engine().step();
        }
        int before = host.started().size();
        try (SteppedHost other = new SteppedHost(clock, lease, store, 2)) {
            other.job("poll", EVERY_SECOND, JobPolicy.DEFAULT.withCatchUp(CatchUp.all()));
            other.pass(Duration.ofSeconds(2));
            host.pass(Duration.ofSeconds(2));

            assertThat(host.started()).hasSize(before);
            assertThat(other.started()).hasSizeGreaterThan(10).doesNotContainAnyElementsOf(host.started());
            assertThat(other.started().get(0))
                    .isEqualTo(host.started().get(before - 1).plusSeconds(1));
        }
    }

    /** Nobody else may start a run that this host claimed, and it would stay open for as long as this host lives. */
    @Test
    void aRunWhoseAnswerWasLostBeforeTheLeadWentToAnotherIsStartedWhereItWasClaimed() {
        host.job("poll", Schedule.every(Duration.ofMinutes(1)), JobPolicy.DEFAULT);
        host.pass(Duration.ofSeconds(59));
        ledger.losesAnswers = 1;
        ledger.awayAfterLoss = true;
        clock.pass(Duration.ofMillis(500));
        host.step();
        assertThat(store.open()).hasSize(1);
        clock.pass(Duration.ofSeconds(11));
        try (SteppedHost other = new SteppedHost(clock, lease, store, 2)) {
            other.job("poll", Schedule.every(Duration.ofMinutes(1)), JobPolicy.DEFAULT);
            other.step();
            assertThat(other.events(SchedulerEvent.LeaderGained.class)).hasSize(1);
            ledger.away = false;
            host.pass(Duration.ofSeconds(3));

            assertThat(host.outcomes()).containsExactly("SUCCEEDED");
            assertThat(other.started()).isEmpty();
            assertThat(store.open()).isEmpty();
        }
    }

    @Test
    void anEndThatCannotBeRecordedIsRecordedLater() {
        host.slowJob("poll", Schedule.every(Duration.ofHours(1)), JobPolicy.DEFAULT);
        host.pass(Duration.ofHours(1));
        ledger.away = true;
        host.slow().end();
        host.pass(Duration.ofSeconds(3));
        assertThat(store.open()).hasSize(1);

        ledger.away = false;
        host.pass(Duration.ofSeconds(2));
        assertThat(store.open()).isEmpty();
        assertThat(host.outcomes()).containsExactly("SUCCEEDED");
    }

    @Test
    void aRunThatTakesTooLongIsStoppedWhileTheLedgerIsAway() {
        host.slowJob(
                "poll",
                Schedule.every(Duration.ofHours(1)),
                JobPolicy.DEFAULT.withTimeout(Optional.of(Duration.ofMinutes(1))));
        host.pass(Duration.ofHours(1));
        ledger.away = true;
        host.pass(Duration.ofSeconds(50));
        SteppedHost.Slow run = host.slow();
        assertThat(run.stopped).isFalse();
        host.pass(Duration.ofSeconds(20));

        assertThat(run.stopped).isTrue();
    }

    @Test
    void aRunAtStartIsStartedOnceAlthoughTheLedgerWasAwayWhenTheJobWasMarked() {
        ledger.refusesMarks = 1;
        host.slowJob(
                "warm-up",
                Schedule.every(Duration.ofHours(1)),
                JobPolicy.DEFAULT.withRunAtStart().withOverlap(Overlap.ALLOW));
        host.pass(Duration.ofSeconds(3));

        assertThat(host.events(SchedulerEvent.StoreFailed.class)).hasSize(1);
        assertThat(host.slowRuns()).isOne();
    }

    /** The leader is paused for longer than its lease, and wakes with a run in its hand. */
    @Test
    void aLeaderThatWakesUpLateIsFenced() {
        host.job("poll", EVERY_SECOND, JobPolicy.DEFAULT);
        host.pass(Duration.ofSeconds(2));
        Candidate inHand = Candidate.scheduled(
                new Job("poll", EVERY_SECOND, JobPolicy.DEFAULT, (run, done) -> {
                    throw new AssertionError("started without a claim");
                }),
                clock.instant(),
                io.procmodel.scheduler.ledger.Trigger.SCHEDULE);
        store.fence(99);
        host.scheduler().engine().enter(inHand);
        host.step();

        assertThat(host.events(SchedulerEvent.ClaimRefused.class))
                .singleElement()
                .satisfies(refused -> assertThat(refused.fenced()).isTrue());
    }

    @Test
    void whoWaitsForARunOfAJobThatIsRemovedMeanwhileIsTold() {
        host.job("poll", Schedule.every(Duration.ofHours(1)), JobPolicy.DEFAULT);
        host.pass(Duration.ofSeconds(3));
        ledger.away = true;
        CompletableFuture<JobRun> run = host.scheduler().runNow("poll");
        host.pass(Duration.ofSeconds(1));
        assertThat(run).isNotDone();
        host.scheduler().remove("poll");
        host.step();

        assertThat(run).isCancelled();
    }

    /** Somebody has removed the lease's file: its tokens begin anew, and the ledger remembers higher ones. */
    @Test
    void aLeaseWhoseTokensBeganAnewGrowsPastTheLedgersFence() {
        store.fence(4);
        host.job("nightly", Schedule.daily(LocalTime.of(12, 1), ZoneOffset.UTC), JobPolicy.DEFAULT);
        host.pass(Duration.ofMinutes(2));

        assertThat(host.scheduler().leadToken()).hasValue(4);
        assertThat(host.started()).containsExactly(Instant.parse("2026-01-02T12:01:00Z"));
        assertThat(host.events(SchedulerEvent.ClaimRefused.class)).hasSize(3);
    }

    @Test
    void aClockThatIsOffTheStoresByMoreThanASecondIsToldOnce() {
        ledger.clock = () -> clock.instant().minusMillis(1_500);
        host.pass(Duration.ofMinutes(5));
        assertThat(host.scheduler().clockSkew()).contains(Duration.ofMillis(1_500));
        assertThat(host.events(SchedulerEvent.ClockSkewed.class))
                .singleElement()
                .satisfies(told -> assertThat(told.ahead()).isEqualTo(Duration.ofMillis(1_500)));

        ledger.clock = () -> clock.instant().plusSeconds(7);
        host.pass(Duration.ofMinutes(2));
        ledger.clock = clock;
        host.pass(Duration.ofMinutes(2));
        assertThat(host.events(SchedulerEvent.ClockSkewed.class))
                .extracting(SchedulerEvent.ClockSkewed::ahead)
                .containsExactly(Duration.ofMillis(1_500), Duration.ofSeconds(-7), Duration.ZERO);
    }

    @Test
    void aClockThatIsOffByASecondOrAsMuchAsTheAnswerTookIsNotToldOf() {
        ledger.clock = () -> clock.instant().plusSeconds(1);
        host.pass(Duration.ofMinutes(2));
        ledger.clock = () -> {
            Instant asked = clock.instant();
            clock.pass(Duration.ofSeconds(3));
            return asked;
        };
        host.pass(Duration.ofMinutes(2));

        assertThat(host.events(SchedulerEvent.ClockSkewed.class)).isEmpty();
        assertThat(host.scheduler().clockSkew()).contains(Duration.ofMillis(1_500));
    }

    @Test
    void aStoreWithoutAClockOfItsOwnIsNotCompared() {
        host.pass(Duration.ofMinutes(2));
        assertThat(host.scheduler().clockSkew()).isEmpty();
    }

    @Test
    void aScheduleThatThrowsTakesOutItsOwnJobOnly() {
        host.scheduler()
                .job("broken")
                .schedule(Schedule.of(instant -> instant.minusSeconds(1)))
                .call(() -> {});
        host.job("poll", EVERY_SECOND, JobPolicy.DEFAULT);
        host.pass(Duration.ofSeconds(3));

        assertThat(host.started()).hasSize(3);
        assertThat(host.events(SchedulerEvent.ScheduleFailed.class))
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.job()).isEqualTo("broken");
                    assertThat(failed.reason()).contains("expected: later than");
                });
    }

    /** It did not throw when the job was planned, and does when the job is resumed and the clock set back. */
    @Test
    void aScheduleThatThrowsLaterTakesOutItsOwnJobOnly() {
        AtomicBoolean broken = new AtomicBoolean();
        host.scheduler()
                .job("broken")
                .schedule(Schedule.of(instant -> instant.plusSeconds(broken.get() ? -1 : 3600)))
                .call(() -> {});
        host.job("poll", Schedule.everyAfterCompletion(Duration.ofMinutes(1)), JobPolicy.DEFAULT);
        host.pass(Duration.ofSeconds(30));
        broken.set(true);
        host.scheduler().pause("broken");
        clock.jump(Duration.ofHours(-1));
        host.pass(Duration.ofMinutes(1));

        assertThat(host.events(SchedulerEvent.ScheduleFailed.class))
                .extracting(SchedulerEvent.ScheduleFailed::job)
                .containsExactly("broken");
        assertThat(host.outcomes()).containsExactly("SUCCEEDED");
    }

    private final class Flaky implements RunLedger {
        boolean away;
        boolean awayAfterLoss;
        int losesAnswers;
        int refusesMarks;
        Duration takes = Duration.ZERO;

        @Nullable
        InstantSource clock;

        private InMemoryRunLedger store() {
            if (away) {
                throw new RunLedgerUnavailableException("of the test", "ask", new IOException("connection refused"));
            }
            return store;
        }

        @Override
        public List<Claim> claim(List<JobRun> runs) {
            List<Claim> claims = store().claim(runs);
            if (losesAnswers > 0) {
                losesAnswers--;
                away = awayAfterLoss;
                throw new RunLedgerUnavailableException("of the test", "claim", new IOException("connection reset"));
            }
            return claims;
        }

        @Override
        public void fence(long token) {
            store().fence(token);
        }

        @Override
        public void end(String key, RunEnd end) {
            store().end(key, end);
        }

        @Override
        public List<JobRun> open() {
            return store().open();
        }

        @Override
        public Optional<Instant> now() {
            return Optional.ofNullable(clock).map(InstantSource::instant);
        }

        @Override
        public void beat(String host) {
            StoreFailureTest.this.clock.pass(takes);
            takes = Duration.ZERO;
            store().beat(host);
        }

        @Override
        public List<JobRun> abandonSilent(Duration silence) {
            return store().abandonSilent(silence);
        }

        @Override
        public List<JobRun> history(String job, int limit) {
            return store().history(job, limit);
        }

        @Override
        public Map<String, Instant> lastScheduled() {
            return store().lastScheduled();
        }

        @Override
        public Map<String, JobMark> marks() {
            return store().marks();
        }

        @Override
        public void mark(List<JobMark> marks) {
            if (refusesMarks > 0) {
                refusesMarks--;
                throw new RunLedgerUnavailableException("of the test", "mark", new IOException("disk full"));
            }
            store().mark(marks);
        }

        @Override
        public void close() {}
    }
}
