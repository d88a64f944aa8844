package io.procmodel.scheduler.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RunLedger} does, whatever it is kept in. */
public abstract class RunLedgerContract {
    /** A whole second, on which all times of the tests are based. */
    protected static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    /** A host that is alive as far as an implementation can look for itself. */
    protected static final String ALIVE = HostName.of(1);

    private static final int CONTENDERS = 8;
    private static final int SMALL = 5;

    private RunLedger ledger;

    /** Opens the one store of the running test, empty at first; what it held when it was closed is there again. */
    protected abstract RunLedger open(History history);

    /** The name of a host that is gone, or has been silent for longer than a minute. */
    protected abstract String goneHost();

    /** The time by which the store judges: the tests' runs are of about this time. */
    protected Instant now() {
        return NOON;
    }

    @BeforeEach
    void openLedger() {
        ledger = open(History.DEFAULT);
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    private void reopen(History history) {
        ledger.close();
        ledger = open(history);
    }

    private JobRun run(String job, int second, long token, String host) {
        Instant at = now().plusSeconds(second);
        return new JobRun(JobRun.key(job, at, 1), job, at, Trigger.SCHEDULE, 1, token, host, at, 1, Optional.empty());
    }

    private JobRun manual(String id, long token) {
        return new JobRun(
                "poll@manual:" + id, "poll", now(), Trigger.MANUAL, 1, token, ALIVE, now(), 1, Optional.empty());
    }

    private Claim claim(JobRun run) {
        return ledger.claim(List.of(run)).get(0);
    }

    private RunEnd end(Outcome outcome) {
        return RunEnd.of(now().plusSeconds(60), outcome, "");
    }

    @Test
    void aRunIsGrantedOnce() {
        assertThat(claim(run("poll", 0, 1, ALIVE))).isEqualTo(Claim.GRANTED);

        assertThat(claim(run("poll", 0, 1, "other"))).isEqualTo(Claim.TAKEN);
        assertThat(claim(run("poll", 0, 2, ALIVE))).isEqualTo(Claim.TAKEN);
        assertThat(claim(run("poll", 1, 1, "other"))).isEqualTo(Claim.GRANTED);
        assertThat(claim(run("report", 0, 1, "other"))).isEqualTo(Claim.GRANTED);
    }

    @Test
    void aClaimWhoseAnswerWasLostMayBeRepeated() {
        JobRun run = run("poll", 0, 1, ALIVE);
        claim(run);
        assertThat(claim(run)).isEqualTo(Claim.GRANTED);
        assertThat(ledger.open()).containsExactly(run);

        ledger.end(run.key(), end(Outcome.SUCCEEDED));
        assertThat(claim(run)).isEqualTo(Claim.TAKEN);
    }

    @Test
    void severalAreJudgedEachByItself() {
        claim(run("poll", 1, 1, "other"));

        List<JobRun> runs = IntStream.range(0, 4)
                .mapToObj(second -> run("poll", second, 1, ALIVE))
                .toList();
        assertThat(ledger.claim(runs)).containsExactly(Claim.GRANTED, Claim.TAKEN, Claim.GRANTED, Claim.GRANTED);
        assertThat(ledger.claim(List.of())).isEmpty();
    }

    @Test
    void anOutdatedTokenIsFencedAndTheFenceNeverFalls() {
        ledger.fence(7);
        ledger.fence(3);

        assertThat(claim(run("poll", 0, 6, ALIVE))).isEqualTo(Claim.FENCED);
        assertThat(claim(run("poll", 0, 7, ALIVE))).isEqualTo(Claim.GRANTED);
        reopen(History.DEFAULT);
        assertThat(claim(run("poll", 1, 6, ALIVE))).isEqualTo(Claim.FENCED);
    }

    @Test
    void aRunByHandIsNotFenced() {
        ledger.fence(7);

        assertThat(claim(manual("a", 0))).isEqualTo(Claim.GRANTED);
        assertThat(ledger.lastScheduled()).isEmpty();
    }

    @Test
    void anEndIsRecordedWithAllThatIsKnown() {
        JobRun run = run("poll", 0, 1, ALIVE);
        claim(run);
        RunEnd end =
                new RunEnd(now().plusSeconds(1), Outcome.FAILED, OptionalInt.of(3), "said \"no\"\n & left – 100 %");
        ledger.end(run.key(), end);
        reopen(History.DEFAULT);

        assertThat(ledger.history("poll", 10)).containsExactly(run.ended(end));
        assertThat(ledger.open()).isEmpty();
    }

    /** An exception's message may hold anything; an end that can never be recorded would keep all others waiting. */
    @Test
    void anEndWhoseNoteHasANulCharacterIsRecorded() {
        JobRun run = run("poll", 0, 1, ALIVE);
        claim(run);
        ledger.end(run.key(), RunEnd.of(now(), Outcome.FAILED, "bad input: a\0b"));

        assertThat(ledger.open()).isEmpty();
        assertThat(ledger.history("poll", 1))
                .containsExactly(run.ended(RunEnd.of(now(), Outcome.FAILED, "bad input: a\uFFFDb")));
    }

    @Test
    void theFirstEndCounts() {
        JobRun run = run("poll", 0, 1, ALIVE);
        claim(run);
        ledger.end(run.key(), end(Outcome.SUCCEEDED));
        ledger.end(run.key(), end(Outcome.FAILED));
        ledger.end("poll@never", end(Outcome.FAILED));

        assertThat(ledger.history("poll", 10)).containsExactly(run.ended(end(Outcome.SUCCEEDED)));
    }

    @Test
    void aRunGivenUpTakesItsRealEndAfterAll() {
        JobRun run = run("poll", 0, 1, ALIVE);
        claim(run);
        ledger.end(run.key(), end(Outcome.ABANDONED));
        ledger.end(run.key(), end(Outcome.SUCCEEDED));

        assertThat(ledger.history("poll", 10)).containsExactly(run.ended(end(Outcome.SUCCEEDED)));
    }

    @Test
    void aRunLeftOutIsRecordedWithItsClaim() {
        JobRun missed = new JobRun(
                        JobRun.key("poll", now(), 1),
                        "poll",
                        now(),
                        Trigger.CATCH_UP,
                        1,
                        1,
                        ALIVE,
                        now(),
                        12,
                        Optional.empty())
                .ended(end(Outcome.MISSED));

        assertThat(claim(missed)).isEqualTo(Claim.GRANTED);
        assertThat(claim(run("poll", 0, 1, ALIVE))).isEqualTo(Claim.TAKEN);
        assertThat(ledger.open()).isEmpty();
        assertThat(ledger.history("poll", 1)).containsExactly(missed);
    }

    @Test
    void historyIsNewestFirstAndOfOneJob() {
        IntStream.range(0, 4).forEach(second -> claim(run("poll", second, 1, ALIVE)));
        claim(run("report", 9, 1, ALIVE));

        assertThat(ledger.history("poll", 2))
                .extracting(JobRun::scheduledFor)
                .containsExactly(now().plusSeconds(3), now().plusSeconds(2));
        assertThat(ledger.history("nothing", 2)).isEmpty();
        assertThat(ledger.lastScheduled())
                .containsOnly(Map.entry("poll", now().plusSeconds(3)), Map.entry("report", now().plusSeconds(9)));
    }

    /** A clock that is set back a day must not run that day again although its runs are forgotten. */
    @Test
    void whatIsForgottenCannotBeClaimedAgain() {
        reopen(new History(SMALL, Duration.ofDays(30)));
        for (int second = 0; second < 3 * SMALL; second++) {
            JobRun run = run("poll", second, 1, ALIVE);
            claim(run);
            ledger.end(run.key(), end(Outcome.SUCCEEDED));
        }

        assertThat(ledger.history("poll", 100)).hasSizeBetween(SMALL, 2 * SMALL);
        for (int second = 0; second < 3 * SMALL; second++) {
            assertThat(claim(run("poll", second, 1, "other"))).as("%s", second).isEqualTo(Claim.TAKEN);
        }
        assertThat(claim(run("poll", 3 * SMALL, 1, "other"))).isEqualTo(Claim.GRANTED);
    }

    @Test
    void anOpenRunIsNotForgotten() {
        reopen(new History(SMALL, Duration.ofDays(30)));
        JobRun open = run("poll", 0, 1, ALIVE);
        claim(open);
        for (int second = 1; second < 3 * SMALL; second++) {
            JobRun run = run("poll", second, 1, ALIVE);
            claim(run);
            ledger.end(run.key(), end(Outcome.SUCCEEDED));
        }

        assertThat(ledger.open()).containsExactly(open);
        ledger.end(open.key(), end(Outcome.SUCCEEDED));
        assertThat(ledger.open()).isEmpty();
    }

    @Test
    void theEndOfALongRunDoesNotBringBackWhatWasForgotten() {
        reopen(new History(SMALL, Duration.ofDays(30)));
        JobRun open = run("poll", 0, 1, ALIVE);
        claim(open);
        for (int second = 1; second < 3 * SMALL; second++) {
            JobRun run = run("poll", second, 1, ALIVE);
            claim(run);
            ledger.end(run.key(), end(Outcome.SUCCEEDED));
        }
        ledger.end(open.key(), end(Outcome.SUCCEEDED));
        for (int time = 0; time < SMALL; time++) {
            claim(run("poll", 3 * SMALL - 1, 1, "other"));
        }

        for (int second = 1; second < SMALL; second++) {
            assertThat(claim(run("poll", second, 1, "other"))).as("%s", second).isEqualTo(Claim.TAKEN);
        }
    }

    @Test
    void runsOfHostsThatAreGoneAreGivenUpOnce() {
        ledger.beat(ALIVE);
        JobRun lost = run("poll", -3600, 1, goneHost());
        JobRun going = run("poll", 1, 1, ALIVE);
        ledger.claim(List.of(lost, going));

        assertThat(ledger.abandonSilent(Duration.ofMinutes(1))).singleElement().satisfies(run -> {
            assertThat(run.key()).isEqualTo(lost.key());
            assertThat(run.end().orElseThrow().outcome()).isEqualTo(Outcome.ABANDONED);
            assertThat(run.end().orElseThrow().note()).contains(goneHost());
        });
        assertThat(ledger.abandonSilent(Duration.ofMinutes(1))).isEmpty();
        assertThat(ledger.open()).containsExactly(going);
    }

    @Test
    void marksAreRememberedUntilTheyAreReplaced() {
        JobMark poll = new JobMark("poll", "*/5 * * * * UTC", now(), Optional.empty());
        JobMark report = new JobMark("report", "0 2 * * * UTC", now(), Optional.of(now()));
        ledger.mark(List.of(poll, report));
        reopen(History.DEFAULT);
        assertThat(ledger.marks()).containsOnly(Map.entry("poll", poll), Map.entry("report", report));

        ledger.mark(List.of(report.paused(Optional.empty())));
        assertThat(ledger.marks().get("report").pausedSince()).isEmpty();
    }

    @Test
    void ofManyWhoClaimAtOnceOneIsGranted() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONTENDERS);
        try {
            List<Callable<List<Claim>>> claims = new ArrayList<>();
            for (int contender = 0; contender < CONTENDERS; contender++) {
                String host = "host-" + contender;
                claims.add(() -> ledger.claim(IntStream.range(0, 20)
                        .mapToObj(second -> run("poll", second, 1, host))
                        .toList()));
            }
            List<Claim> answers = new ArrayList<>();
            for (Future<List<Claim>> answer : threads.invokeAll(claims)) {
                answers.addAll(answer.get());
            }
            assertThat(answers.stream().collect(Collectors.groupingBy(claim -> claim, Collectors.counting())))
                    .containsOnly(Map.entry(Claim.GRANTED, 20L), Map.entry(Claim.TAKEN, 140L));
        } finally {
            threads.shutdownNow();
        }
    }
}
