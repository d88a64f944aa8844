package io.procmodel.scheduler;

import io.procmodel.lease.Lease;
import io.procmodel.scheduler.ledger.JobRun;
import io.procmodel.scheduler.ledger.RunEnd;
import io.procmodel.scheduler.ledger.RunLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A host whose clock thread is the test: time passes in small steps, callbacks run at once, and a job that is slow runs
 * until the test ends it.
 */
final class SteppedHost implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(500);

    private final FakeClock clock;
    private final List<SchedulerEvent> events = new ArrayList<>();
    private final Deque<Slow> slow = new ArrayDeque<>();
    private final ClockScheduler scheduler;

    /** A run that has been started and not ended. */
    static final class Slow {
        final JobRun run;
        private final java.util.function.Consumer<JobBody.Result> done;
        boolean stopped;

        Slow(JobRun run, java.util.function.Consumer<JobBody.Result> done) {
            this.run = run;
            this.done = done;
        }

        void end() {
            done.accept(JobBody.Result.success());
        }

        void fail() {
            done.accept(JobBody.Result.exit(1, "no luck"));
        }
    }

    SteppedHost(FakeClock clock, Lease lease, RunLedger ledger, long seed) {
        this.clock = clock;
        this.scheduler = ClockScheduler.builder()
                .lease(lease)
                .ledger(ledger)
                .clock(clock)
                .nanoTime(clock::nanoTime)
                .callbacks(Runnable::run)
                .random(new Random(seed))
                .listener(events::add)
                .build();
    }

    ClockScheduler scheduler() {
        return scheduler;
    }

    /** Registers a job whose runs go on until the test ends them. */
    void slowJob(String name, Schedule schedule, JobPolicy policy) {
        scheduler.register(new Job(name, schedule, policy, (run, done) -> {
            Slow started = new Slow(run, done);
            slow.addLast(started);
            return () -> started.stopped = true;
        }));
    }

    /** Registers a job whose runs end at once. */
    void job(String name, Schedule schedule, JobPolicy policy) {
        scheduler.job(name).schedule(schedule).policy(policy).call(() -> {});
    }

    /** The oldest run that goes on. */
    Slow slow() {
        return slow.removeFirst();
    }

    int slowRuns() {
        return slow.size();
    }

    /** Steps without letting time pass, until nothing is left to do. */
    SteppedHost step() {
        for (int i = 0; i < 5; i++) {
            scheduler.engine().step();
        }
        return this;
    }

    /** Lets time pass for this host's clocks, step by step. */
    SteppedHost pass(Duration time) {
        step();
        Duration left = time;
        while (left.compareTo(Duration.ZERO) > 0) {
            Duration part = left.compareTo(STEP) < 0 ? left : STEP;
            clock.pass(part);
            left = left.minus(part);
            step();
        }
        return this;
    }

    /** The instants for which runs were started, in the order of their starts. */
    List<Instant> started() {
        return events(SchedulerEvent.RunStarted.class).stream()
                .map(event -> event.run().scheduledFor())
                .toList();
    }

    List<JobRun> runs() {
        return events(SchedulerEvent.RunStarted.class).stream()
                .map(SchedulerEvent.RunStarted::run)
                .toList();
    }

    /** What became of runs, as {@code OUTCOME} in the order of the ends. */
    List<String> outcomes() {
        return events(SchedulerEvent.RunEnded.class).stream()
                .map(event ->
                        event.run().end().map(RunEnd::outcome).orElseThrow().toString())
                .toList();
    }

    <T extends SchedulerEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    void forgetEvents() {
        events.clear();
    }

    @Override
    public void close() {
        scheduler.closeSteppedClock();
    }
}
