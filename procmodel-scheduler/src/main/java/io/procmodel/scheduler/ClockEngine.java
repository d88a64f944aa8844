package io.procmodel.scheduler;

import io.procmodel.lease.LeaseKeeper;
import io.procmodel.lease.LeaseUnavailableException;
import io.procmodel.scheduler.ledger.JobMark;
import io.procmodel.scheduler.ledger.RunLedgerUnavailableException;
import io.procmodel.scheduler.timer.TimerHeap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * The scheduler without its thread: whoever calls {@link #step} is the clock thread. A step takes in what others have
 * asked for, keeps the lease, looks at the clocks, and fires what is due; nothing in it waits but for the lease's and the
 * ledger's stores. A test steps by hand on clocks that it ticks.
 */
final class ClockEngine {
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

    /** Every host reads what others have changed, and says that it lives, as often. */
    private static final Duration REFRESH_EVERY = Duration.ofSeconds(2);

    private final LeaseKeeper keeper;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Events events;
    private final Runs runs;
    private final Plans plans;
    private final JumpDetector jumps;
    private final SkewWatch skew;
    private final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final Set<Job> registered = new LinkedHashSet<>();
    private final TimerHeap<Job> ticks = new TimerHeap<>();
    private OptionalLong token = OptionalLong.empty();
    private long refreshAt;
    private long retryAt;
    private boolean closing;
    private boolean leaseFailed;
    private volatile Runnable onPost = () -> {};

    ClockEngine(ClockSettings settings, Collection<Job> jobs) {
        this.clock = settings.clock();
        this.nanoTime = settings.nanoTime();
        this.keeper = new LeaseKeeper(settings.lease(), clock, nanoTime);
        this.events = new Events(settings.listener());
        this.runs = new Runs(settings, events, this::post);
        this.plans = new Plans(settings, events, runs, ticks, jobs);
        this.runs.onCompleted(plans::completed);
        this.jumps = new JumpDetector(clock.instant(), nanoTime.getAsLong());
        this.skew = new SkewWatch(settings, events);
        this.refreshAt = nanoTime.getAsLong();
        this.retryAt = nanoTime.getAsLong();
    }

    /** Has somebody told of all that is posted, on whatever thread: who sleeps between steps wakes up for it. */
    void onPost(Runnable listener) {
        onPost = listener;
    }

    /** Has work done on the clock thread, with the next step. Thread-safe. */
    void post(Runnable work) {
        inbox.add(work);
        onPost.run();
    }

    /** A job is there, and is planned with the next step. Called on the clock thread. */
    void add(Job job) {
        registered.add(job);
    }

    /** A job is gone. Called on the clock thread. */
    void remove(Job job) {
        registered.remove(job);
        job.unplan(ticks);
        runs.remove(job);
    }

    Runs runs() {
        return runs;
    }

    /** Wants a run. Called on the clock thread. */
    void enter(Candidate candidate) {
        if (closing) {
            candidate.drop();
        } else {
            runs.enter(candidate);
        }
    }

    /** A pause or its end has been recorded. Called on the clock thread. */
    void marked(Job job, JobMark mark) {
        if (token.isPresent() && !closing) {
            plans.marked(job, mark);
        }
    }

    /** Whether nothing will run any more, and nothing does. */
    boolean isFinished() {
        return closing && runs.isIdle();
    }

    /** Fires nothing any more; what runs goes on. Called on the clock thread. */
    void startClosing() {
        closing = true;
        ticks.clear();
        runs.dropWaiting();
    }

    /** The token of the lease under which jobs are fired now, if this scheduler has the lead. */
    OptionalLong token() {
        return keeper.token();
    }

    /** How far this host's clock is ahead of the store's, as far as that is known. */
    Optional<Duration> clockSkew() {
        return skew.ahead();
    }

    /** Does all that is due, and says how long nothing is. */
    Duration step() {
        jumps.look(clock.instant(), nanoTime.getAsLong()).ifPresent(this::jumped);
        emptyInbox();
        keeper.step();
        tellLeaseFailure();
        runs.stopOverdue();
        if (nanoTime.getAsLong() - retryAt >= 0) {
            try {
                lead();
                runs.flushEnds();
                refresh();
                fire();
            } catch (RunLedgerUnavailableException e) {
                failed(e);
            }
        }
        return nap();
    }

    private void emptyInbox() {
        for (Runnable work = inbox.poll(); work != null; work = inbox.poll()) {
            work.run();
        }
    }

    /** There will be no further step: what was posted since the last one is not left without an answer. */
    void end() {
        startClosing();
        emptyInbox();
        release();
    }

    private void jumped(Duration by) {
        events.tell(new SchedulerEvent.ClockJumped(by, clock.instant()));
        if (by.isNegative()) {
            plans.pullBack(clock.instant());
        }
    }

    private void tellLeaseFailure() {
        boolean fails = keeper.failure().isPresent();
        if (fails && !leaseFailed) {
            String reason =
                    keeper.failure().map(LeaseUnavailableException::getMessage).orElse("");
            events.tell(new SchedulerEvent.StoreFailed(reason, clock.instant()));
        }
        leaseFailed = fails;
    }

    private void failed(RunLedgerUnavailableException e) {
        events.tell(new SchedulerEvent.StoreFailed(String.valueOf(e.getMessage()), clock.instant()));
        retryAt = nanoTime.getAsLong() + AFTER_FAILURE.toNanos();
    }

    /** Notices that the lead came or went. */
    private void lead() {
        OptionalLong now = keeper.token();
        if (now.equals(token)) {
            return;
        }
        if (token.isPresent()) {
            token = OptionalLong.empty();
            ticks.clear();
            runs.dropScheduled();
            plans.forget();
            String reason =
                    keeper.failure().map(LeaseUnavailableException::getMessage).orElse("the lease is another's");
            events.tell(new SchedulerEvent.LeaderLost(reason, clock.instant()));
        }
        if (now.isPresent() && !closing) {
            runs.startUnanswered();
            plans.takeOver(now.getAsLong());
            token = now;
            registered.clear();
            refreshAt = nanoTime.getAsLong() + REFRESH_EVERY.toNanos();
            events.tell(new SchedulerEvent.LeaderGained(now.getAsLong(), clock.instant()));
        }
    }

    private void refresh() {
        long now = nanoTime.getAsLong();
        if (token.isPresent() && !registered.isEmpty() && !closing) {
            plans.plan(registered, token.getAsLong());
            registered.clear();
        }
        if (now - refreshAt >= 0) {
            runs.beat();
            skew.look();
            if (!closing) {
                runs.startUnanswered();
            }
            if (token.isPresent() && !closing) {
                plans.refresh();
            }
            refreshAt = now + REFRESH_EVERY.toNanos();
        }
    }

    private void fire() {
        if (closing) {
            return;
        }
        runs.enterRetries();
        if (token.isPresent()) {
            plans.enterDue(clock.instant());
        }
        runs.proceed(keeper.token(), token.isPresent());
        if (runs.wasFenced()) {
            // Another has the lead; or, if the lease's file was removed, its tokens have to grow past the ledger's
            // again.
            release();
        }
    }

    private Duration nap() {
        Duration nap = shorter(LONGEST_NAP, keeper.untilNextStep());
        long retry = retryAt - nanoTime.getAsLong();
        if (!inbox.isEmpty()) {
            return Duration.ZERO;
        }
        if (retry > 0) {
            return shorter(nap, Duration.ofNanos(retry));
        }
        nap = shorter(nap, runs.untilWork());
        return token.isPresent() && !closing ? shorter(nap, untilMillis(ticks.firstDue())) : nap;
    }

    private Duration untilMillis(long millis) {
        if (millis == Long.MAX_VALUE) {
            return LONGEST_NAP;
        }
        Duration until = Duration.between(clock.instant(), Instant.ofEpochMilli(millis));
        return until.isNegative() ? Duration.ZERO : until;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Gives the lease back, when nothing of this scheduler runs any more. */
    void release() {
        try {
            keeper.release();
        } catch (LeaseUnavailableException e) {
            events.tell(new SchedulerEvent.StoreFailed(String.valueOf(e.getMessage()), clock.instant()));
        }
    }
}
