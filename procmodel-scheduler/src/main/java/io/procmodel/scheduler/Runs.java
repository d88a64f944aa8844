package io.procmodel.scheduler;

import io.procmodel.scheduler.JobBody.Result;
import io.procmodel.scheduler.JobBody.RunningBody;
import io.procmodel.scheduler.ledger.Claim;
import io.procmodel.scheduler.ledger.JobRun;
import io.procmodel.scheduler.ledger.Outcome;
import io.procmodel.scheduler.ledger.RunEnd;
import io.procmodel.scheduler.ledger.RunLedger;
import io.procmodel.scheduler.ledger.Trigger;
import io.procmodel.scheduler.timer.TimerHeap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of this scheduler, from the wish to start one to its recorded end. Nothing is started that was not granted, and
 * nothing granted is started twice. Confined to the clock thread.
 */
final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final Duration MOST = Duration.ofDays(1);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int BATCH = 1_000;
    private static final int MOST_WAITING = 100;

    private final RunLedger ledger;
    private final String host;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Events events;
    private final Consumer<Runnable> clockThread;
    private final Deque<Candidate> entered = new ArrayDeque<>();
    private final Deque<Candidate> inHand = new ArrayDeque<>();
    private final LostAnswers lostAnswers = new LostAnswers();
    private final Map<String, ActiveRun> running = new HashMap<>();
    private final TimerHeap<ActiveRun> timeouts = new TimerHeap<>();
    private final TimerHeap<Candidate> retries = new TimerHeap<>();
    private final Deque<ActiveEnd> ends = new ArrayDeque<>();
    private final Set<Job> waiting = new LinkedHashSet<>();
    private BiConsumer<Job, Instant> completed = (job, end) -> {};
    private boolean closed;
    private boolean fenced;

    private record ActiveEnd(ActiveRun active, JobRun ended) {}

    Runs(ClockSettings settings, Events events, Consumer<Runnable> clockThread) {
        this.ledger = settings.ledger();
        this.host = settings.host();
        this.clock = settings.clock();
        this.nanoTime = settings.nanoTime();
        this.events = events;
        this.clockThread = clockThread;
    }

    /** Has somebody told of every end. */
    void onCompleted(BiConsumer<Job, Instant> listener) {
        completed = listener;
    }

    /** Wants a run. */
    void enter(Candidate candidate) {
        entered.addLast(candidate);
    }

    boolean isRunning(JobRun run) {
        return running.containsKey(run.key());
    }

    boolean isIdle() {
        return running.isEmpty();
    }

    void beat() {
        ledger.beat(host);
    }

    /** How long until the first timeout or retry is due, or {@link #MOST}; zero if an end is to be recorded. */
    Duration untilWork() {
        long first = Math.min(timeouts.firstDue(), retries.firstDue());
        if (!ends.isEmpty() || first == Long.MAX_VALUE) {
            return ends.isEmpty() ? MOST : Duration.ZERO;
        }
        return Duration.ofMillis(Math.max(0, first - realMillis()));
    }

    /** Timeouts and retries are about real time, whatever the wall clock does. */
    private long realMillis() {
        return Math.floorDiv(nanoTime.getAsLong(), NANOS_PER_MILLI);
    }

    private long realMillisIn(Duration time) {
        return realMillis() + 1 + Math.max(0, time.toMillis());
    }

    void stopOverdue() {
        long millis = realMillis();
        for (ActiveRun active = timeouts.poll(millis); active != null; active = timeouts.poll(millis)) {
            active.stop(Outcome.TIMED_OUT);
        }
    }

    void enterRetries() {
        long millis = realMillis();
        for (Candidate retry = retries.poll(millis); retry != null; retry = retries.poll(millis)) {
            enter(retry);
        }
    }

    void stopAll(Outcome reason) {
        List.copyOf(running.values()).forEach(active -> active.stop(reason));
    }

    /** The lead is lost: what stands in its ledger is the next leader's to judge, but for claims without an answer. */
    void dropScheduled() {
        entered.removeIf(candidate -> !candidate.isByHand() && lostAnswers.dropped(candidate));
        retries.clear();
        waiting.forEach(job -> job.backlog().removeIf(candidate -> !candidate.isByHand()));
        waiting.removeIf(job -> job.backlog().isEmpty());
    }

    /** Nothing is started any more. */
    void dropWaiting() {
        closed = true;
        List<Candidate> dropped = new ArrayList<>(entered);
        waiting.forEach(job -> {
            dropped.addAll(job.backlog());
            job.backlog().clear();
        });
        entered.clear();
        retries.clear();
        waiting.clear();
        dropped.forEach(Candidate::drop);
    }

    void remove(Job job) {
        List<Candidate> dropped = new ArrayList<>(job.backlog());
        entered.stream().filter(candidate -> candidate.job() == job).forEach(dropped::add);
        entered.removeIf(candidate -> candidate.job() == job);
        dropped.forEach(Candidate::drop);
        lostAnswers.forget(job);
        job.backlog().clear();
        waiting.remove(job);
        List.copyOf(job.running().values()).forEach(active -> active.stop(Outcome.CANCELLED));
    }

    /**
     * Claims and starts what may be started now.
     *
     * @param token the token of the lease; empty if it is not held at this moment
     * @param leads whether this scheduler planned under that lease. If the lease is in doubt just now, because a store or
     *     the machine was slow, scheduled runs stay in hand until it is renewed or lost: the plan has moved past them
     */
    void proceed(OptionalLong token, boolean leads) {
        boolean inDoubt = leads && token.isEmpty();
        try {
            proceedUnless(inDoubt, token);
        } finally {
            entered.addAll(inHand);
            inHand.clear();
        }
    }

    private void proceedUnless(boolean inDoubt, OptionalLong token) {
        boolean someoneWaits = waiting.stream().anyMatch(job -> job.running().isEmpty());
        while (someoneWaits || !entered.isEmpty()) {
            Set<String> elsewhere = busyElsewhere();
            if (someoneWaits) {
                enterWaiting(elsewhere, inDoubt);
            }
            someoneWaits = false;
            List<Candidate> batch = nextBatch(token, elsewhere, inDoubt);
            if (!batch.isEmpty()) {
                claim(batch, token.orElse(0));
            }
        }
    }

    /** The runs whose turn has come, because nothing of their job runs any more. */
    private void enterWaiting(Set<String> elsewhere, boolean inDoubt) {
        for (Job job : List.copyOf(waiting)) {
            boolean stays = inDoubt && !job.backlog().getFirst().isByHand();
            if (job.running().isEmpty() && !elsewhere.contains(job.name()) && !stays) {
                entered.addFirst(job.backlog().removeFirst());
                if (job.backlog().isEmpty()) {
                    waiting.remove(job);
                }
            }
        }
    }

    /** The jobs of which another host has a run. */
    private Set<String> busyElsewhere() {
        Set<String> jobs = new HashSet<>();
        ledger.open().stream().filter(run -> !run.host().equals(host)).forEach(run -> jobs.add(run.job()));
        return jobs;
    }

    /** Decides what becomes of each wish; those that wait for another run go to their job's backlog. */
    private List<Candidate> nextBatch(OptionalLong token, Set<String> elsewhere, boolean inDoubt) {
        List<Candidate> batch = new ArrayList<>();
        Set<Job> starting = new HashSet<>();
        while (!entered.isEmpty() && batch.size() < BATCH) {
            Candidate candidate = entered.removeFirst();
            Job job = candidate.job();
            if (token.isEmpty() && !candidate.isByHand()) {
                if (inDoubt) {
                    inHand.addLast(candidate);
                }
                continue;
            }
            boolean busy = !job.running().isEmpty() || starting.contains(job) || elsewhere.contains(job.name());
            if (candidate.end() != null || !busy || job.policy().overlap() == Overlap.ALLOW) {
                batch.add(candidate);
                if (candidate.end() == null) {
                    starting.add(job);
                }
            } else {
                overlap(candidate, batch);
            }
        }
        return batch;
    }

    private void overlap(Candidate candidate, List<Candidate> batch) {
        Job job = candidate.job();
        boolean catchingUp =
                candidate.trigger() == Trigger.CATCH_UP || !job.backlog().isEmpty();
        boolean roomForAll = job.policy().catchUp().limit() > 1;
        if (roomForAll && job.backlog().size() >= MOST_WAITING) {
            // The oldest goes: were it a newer one, the next leader would take those that wait for done.
            Candidate oldest = job.backlog().removeFirst();
            batch.add(oldest.ended(RunEnd.of(clock.instant(), Outcome.SKIPPED_OVERLAP, "too many waited")));
        }
        boolean room = switch (job.policy().overlap()) {
            case SKIP, ALLOW -> roomForAll && catchingUp;
            case QUEUE -> roomForAll || job.backlog().isEmpty();
            case REPLACE -> makeRoom(job, batch);
        };
        if (room) {
            job.backlog().addLast(candidate);
            waiting.add(job);
        } else {
            batch.add(candidate.ended(RunEnd.of(clock.instant(), Outcome.SKIPPED_OVERLAP, "")));
        }
    }

    /** The newest run counts: those that waited are left out, the one that goes on is stopped. */
    private boolean makeRoom(Job job, List<Candidate> batch) {
        for (Candidate waiting : job.backlog()) {
            batch.add(waiting.ended(RunEnd.of(clock.instant(), Outcome.SKIPPED_OVERLAP, "replaced while it waited")));
        }
        job.backlog().clear();
        job.running().values().forEach(active -> active.stop(Outcome.REPLACED));
        return true;
    }

    private void claim(List<Candidate> batch, long token) {
        List<JobRun> wanted = new ArrayList<>(batch.size());
        Instant now = clock.instant();
        batch.forEach(candidate -> wanted.add(candidate.toRun(token, host, now)));
        List<Claim> claims;
        try {
            claims = ledger.claim(wanted);
        } catch (RuntimeException e) {
            for (int i = batch.size() - 1; i >= 0; i--) {
                entered.addFirst(batch.get(i));
                lostAnswers.asked(batch.get(i), wanted.get(i));
            }
            throw e;
        }
        batch.forEach(lostAnswers::answered);
        for (int i = 0; i < batch.size(); i++) {
            claimed(batch.get(i), wanted.get(i), claims.get(i));
        }
    }

    private void claimed(Candidate candidate, JobRun run, Claim claim) {
        fenced |= claim == Claim.FENCED;
        if (claim != Claim.GRANTED || isRunning(run)) {
            events.tell(new SchedulerEvent.ClaimRefused(run, claim == Claim.FENCED, clock.instant()));
            candidate.drop();
            completed.accept(candidate.job(), clock.instant());
        } else if (run.isOpen()) {
            start(candidate, run);
        } else {
            events.tell(new SchedulerEvent.RunEnded(run, clock.instant()));
            candidate.over(run);
            leftOut(candidate.job());
        }
    }

    /** What another host's run kept out is planned anew from now on: the end of that run is not told here. */
    private void leftOut(Job job) {
        if (job.running().isEmpty() && job.planned() == null) {
            completed.accept(job, clock.instant());
        }
    }

    /** Whether the ledger has refused a claim, since this was asked last, because its token does not lead. */
    boolean wasFenced() {
        boolean was = fenced;
        fenced = false;
        return was;
    }

    /** Starts what had been granted to this scheduler without its knowing, before it lost the lead. */
    void startUnanswered() {
        if (lostAnswers.areOutstanding()) {
            lostAnswers.granted(ledger.open()).forEach((candidate, run) -> {
                if (!isRunning(run)) {
                    start(candidate, run);
                }
            });
        }
    }

    private void start(Candidate candidate, JobRun run) {
        Job job = candidate.job();
        ActiveRun active = new ActiveRun(job, run, candidate.asked());
        running.put(run.key(), active);
        job.running().put(run.key(), active);
        events.tell(new SchedulerEvent.RunStarted(run, clock.instant()));
        try {
            RunningBody body = job.body().start(run, result -> clockThread.accept(() -> ended(active, result)));
            active.started(
                    body,
                    job.policy()
                            .timeout()
                            .map(limit -> timeouts.add(realMillisIn(LongTime.bounded(limit)), active))
                            .orElse(null));
        } catch (RuntimeException | Error e) {
            LOG.warn("run {} did not start", run.key(), e);
            ended(active, Result.failure(e.toString()));
        }
    }

    private void ended(ActiveRun active, Result result) {
        active.cancelTimeout(timeouts);
        ends.addLast(new ActiveEnd(active, active.ended(result, clock.instant())));
    }

    /** Records the ends that are not recorded yet; one that cannot be recorded now is tried again. */
    void flushEnds() {
        while (!ends.isEmpty()) {
            ActiveEnd first = ends.getFirst();
            JobRun ended = first.ended();
            ended.end().ifPresent(end -> ledger.end(ended.key(), end));
            ends.removeFirst();
            over(first.active(), ended);
        }
    }

    private void over(ActiveRun active, JobRun ended) {
        Job job = active.job();
        running.remove(ended.key());
        job.running().remove(ended.key());
        events.tell(new SchedulerEvent.RunEnded(ended, clock.instant()));
        active.tell(ended);
        retryIfOwed(job, ended);
        completed.accept(job, ended.end().orElseThrow().at());
    }

    void retryIfOwed(Job job, JobRun ended) {
        RunEnd end = ended.end().orElseThrow();
        boolean failed = end.outcome() == Outcome.FAILED || end.outcome() == Outcome.TIMED_OUT;
        if (failed && !closed && ended.attempt() <= job.policy().retries()) {
            Instant then = end.at().plus(LongTime.bounded(job.policy().retryPause()));
            Duration pause = Duration.between(clock.instant(), then);
            retries.add(realMillisIn(pause), Candidate.again(job, ended));
        }
    }
}
