package io.procmodel.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.lease.InMemoryLease;
import io.procmodel.scheduler.ledger.JobRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the clock thread sleeps, wakes and ends. */
class ClockThreadTest {
    private final ClockScheduler scheduler = ClockScheduler.builder()
            .lease(InMemoryLease.of("clock", Duration.ofSeconds(10), InstantSource.system()))
            .callbacks(Runnable::run)
            .build();
    private final ClockEngine engine = scheduler.engine();

    @AfterEach
    void close() {
        scheduler.closeSteppedClock();
    }

    /** Who waits for a run, and the next run of its job, do not wait for the clock's next look as well. */
    @Test
    void theEndOfARunWakesTheClock() {
        SteppedHost.Slow[] started = new SteppedHost.Slow[1];
        scheduler.register(new Job("poll", Schedule.at(Instant.EPOCH), JobPolicy.DEFAULT, (run, done) -> {
            started[0] = new SteppedHost.Slow(run, done);
            return () -> {};
        }));
        CompletableFuture<JobRun> run = scheduler.runNow("poll");
        engine.step();
        AtomicInteger wakings = new AtomicInteger();
        engine.onPost(wakings::incrementAndGet);
        started[0].end();

        assertThat(wakings).hasValue(1);
        engine.step();
        assertThat(run).isCompleted();
    }

    @Test
    void aPatienceWithoutEndWaitsForTheRunsAndNoLonger() {
        ClockScheduler patient = ClockScheduler.builder()
                .lease(InMemoryLease.of("clock", Duration.ofSeconds(10), InstantSource.system()))
                .closePatience(ChronoUnit.FOREVER.getDuration())
                .start();
        patient.close();

        assertThat(patient.leadToken()).isEmpty();
    }

    /** It is posted in the last step, behind the look at what was posted. */
    @Test
    void whatIsPostedBeforeTheThreadEndsIsDoneAndWhatComesLaterIsRefused() throws InterruptedException {
        ClockThread thread = new ClockThread(engine, "procmodel-clock-test");
        CountDownLatch done = new CountDownLatch(1);
        scheduler.job("poll").schedule(Schedule.at(Instant.EPOCH)).call(() -> {
            assertThat(thread.post(done::countDown)).isTrue();
            thread.close(Duration.ZERO, Duration.ZERO);
        });
        CompletableFuture<JobRun> unused = scheduler.runNow("poll");
        thread.start();

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.post(() -> {})).isFalse();
    }
}
