package io.procmodel.scheduler;

import static java.util.Objects.requireNonNull;

import io.procmodel.OneOffDyno;
import io.procmodel.error.InvalidValueException;
import io.procmodel.scheduler.ledger.JobMark;
import io.procmodel.scheduler.ledger.JobRun;
import io.procmodel.scheduler.ledger.RunLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A clock that fires jobs, and of all clocks that share its lease the only one. Start it on every host: one has the lead
 * and fires, the others stand by. A job starts at most once for each instant of its schedule, whatever clocks, crashes and
 * networks do, because a run is claimed in the shared {@link RunLedger} before it starts.
 *
 * <p>Thread-safe. Jobs are kept in memory: register them on every host, with each start. What is shared, and survives, is
 * what has run and what is paused. Calls that read or change that block on the ledger; all others answer at once.
 */
public final class ClockScheduler implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int MOST_NEXT = 1_000;

    private final ClockEngine engine;
    private final ClockThread thread;
    private final RunLedger ledger;
    private final InstantSource clock;
    private final ClockResources resources;
    private final Map<String, Job> jobs = new ConcurrentSkipListMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    ClockScheduler(ClockSettings settings, ClockResources resources) {
        this.engine = new ClockEngine(settings, jobs.values());
        this.thread = new ClockThread(engine, "procmodel-clock");
        this.ledger = settings.ledger();
        this.clock = settings.clock();
        this.resources = resources;
    }

    /** Starts to describe a scheduler. */
    public static ClockSchedulerBuilder builder() {
        return new ClockSchedulerBuilder();
    }

    ClockScheduler started() {
        thread.start();
        return this;
    }

    /** The clock without its thread, for tests that step it. */
    ClockEngine engine() {
        return engine;
    }

    /**
     * Has a callback called at the instants of a schedule, under {@link JobPolicy#DEFAULT}. The run has succeeded when the
     * callback returns and failed when it throws; it is interrupted when it takes longer than its timeout.
     *
     * @param name letters, digits, {@code .}, {@code _} and {@code -}; the same on every host
     * @throws InvalidValueException if the name has another form
     * @throws JobExistsException if there is a job of that name
     */
    public void schedule(String name, Schedule schedule, Runnable callback) {
        job(name).schedule(schedule).call(callback);
    }

    /**
     * Has a one-off dyno started at the instants of a schedule, under {@link JobPolicy#DEFAULT}; see
     * {@link JobBuilder#start}.
     *
     * @param name letters, digits, {@code .}, {@code _} and {@code -}; the same on every host
     * @throws InvalidValueException if the name has another form
     * @throws JobExistsException if there is a job of that name
     */
    public void schedule(String name, Schedule schedule, Supplier<OneOffDyno> starter) {
        job(name).schedule(schedule).start(starter);
    }

    /**
     * Starts to describe a job; nothing is registered before the last call of the description.
     *
     * @param name letters, digits, {@code .}, {@code _} and {@code -}; the same on every host
     * @throws InvalidValueException if the name has another form
     */
    public JobBuilder job(String name) {
        requireNonNull(name, "name");
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValueException(
                    "job name", name, "1 to 100 letters, digits, '.', '_' and '-', beginning with a letter or digit");
        }
        return new JobBuilder(this, name, resources.callbacks());
    }

    void register(Job job) {
        requireOpen("register " + job.name());
        if (jobs.putIfAbsent(job.name(), job) != null) {
            throw new JobExistsException(job.name());
        }
        thread.post(() -> engine.add(job));
    }

    /**
     * Fires a job no more; runs that are going on are stopped. What has run stays in the ledger.
     *
     * @throws NoSuchJobException if there is no such job
     */
    public void remove(String name) {
        Job job = find(name);
        if (jobs.remove(name, job)) {
            thread.post(() -> engine.remove(job));
        }
    }

    /** The names of the registered jobs. */
    public List<String> jobs() {
        return List.copyOf(jobs.keySet());
    }

    /**
     * Pauses a job on all hosts, until it is resumed; a run that is going on goes on. Another host that has the lead
     * notices within two seconds. Does nothing if it is paused.
     *
     * @throws NoSuchJobException if there is no such job
     */
    public void pause(String name) {
        Instant now = clock.instant();
        remark(name, mark -> mark.pausedSince().isPresent() ? mark : mark.paused(Optional.of(now)));
    }

    /**
     * Ends the pause of a job. Instants that it slept through are nobody's. Does nothing if it is not paused.
     *
     * @throws NoSuchJobException if there is no such job
     */
    public void resume(String name) {
        Instant now = clock.instant();
        remark(
                name,
                mark -> mark.pausedSince().isEmpty()
                        ? mark
                        : new JobMark(mark.job(), mark.definition(), now, Optional.empty()));
    }

    /**
     * Ends the pause of a job and treats the instants that it slept through like missed ones, as its catch-up policy says.
     *
     * @throws NoSuchJobException if there is no such job
     */
    public void resumeAndCatchUp(String name) {
        remark(name, mark -> mark.paused(Optional.empty()));
    }

    private void remark(String name, UnaryOperator<JobMark> change) {
        Job job = find(name);
        requireOpen("change " + name);
        JobMark before = ledger.marks().get(name);
        JobMark known =
                before == null ? new JobMark(name, job.definition(), clock.instant(), Optional.empty()) : before;
        JobMark after = change.apply(known);
        if (!after.equals(before)) {
            ledger.mark(List.of(after));
        }
        thread.post(() -> engine.marked(job, after));
    }

    /** Whether a job is paused. */
    public boolean isPaused(String name) {
        find(name);
        JobMark mark = ledger.marks().get(name);
        return mark != null && mark.pausedSince().isPresent();
    }

    /**
     * Runs a job now, on this host, whether or not it has the lead, and even if the job is paused. The schedule does not
     * move. The job's overlap policy holds.
     *
     * @return completed with the run when it is over, or was left out because of another; cancelled if this scheduler
     *     closes first
     * @throws NoSuchJobException if there is no such job
     */
    public CompletableFuture<JobRun> runNow(String name) {
        Job job = find(name);
        requireOpen("run " + name);
        CompletableFuture<JobRun> asked = new CompletableFuture<>();
        String id = UUID.randomUUID().toString();
        if (!thread.post(() -> engine.enter(Candidate.byHand(job, id, clock.instant(), asked)))) {
            asked.cancel(false);
        }
        return asked;
    }

    /**
     * The next instants of a job's schedule, at most {@code count}; pauses and jitter do not count.
     *
     * @throws NoSuchJobException if there is no such job
     * @throws InvalidValueException if {@code count} is not from 1 to 1,000
     */
    public List<Instant> next(String name, int count) {
        Job job = find(name);
        requireCount(count);
        List<Instant> instants = new ArrayList<>();
        Optional<Instant> next = job.schedule().nextAfter(clock.instant());
        while (next.isPresent() && instants.size() < count) {
            instants.add(next.get());
            next = job.schedule().nextAfter(next.get());
        }
        return instants;
    }

    /**
     * The last runs of a job on all hosts, newest first, those left out included; at most {@code count}.
     *
     * @throws NoSuchJobException if there is no such job
     * @throws InvalidValueException if {@code count} is not from 1 to 1,000
     */
    public List<JobRun> history(String name, int count) {
        find(name);
        requireCount(count);
        return ledger.history(name, count);
    }

    private static void requireCount(int count) {
        if (count < 1 || count > MOST_NEXT) {
            throw new InvalidValueException("count", Integer.toString(count), "1 to 1000");
        }
    }

    /** The fencing token of the lease under which this scheduler fires; empty if another one has the lead, or none. */
    public OptionalLong leadToken() {
        return closed.get() ? OptionalLong.empty() : engine.token();
    }

    /**
     * How far this host's clock was ahead of the ledger's store when the two were compared last, twice a minute; negative if
     * it was behind. Empty if the store has no clock of its own, or has not been asked yet. More than a second is told as
     * {@link SchedulerEvent.ClockSkewed} and logged.
     */
    public Optional<Duration> clockSkew() {
        return engine.clockSkew();
    }

    private Job find(String name) {
        Job job = jobs.get(requireNonNull(name, "name"));
        if (job == null) {
            throw new NoSuchJobException(name, jobs.keySet());
        }
        return job;
    }

    private void requireOpen(String what) {
        if (closed.get()) {
            throw new SchedulerClosedException(what);
        }
    }

    /**
     * Fires nothing any more, waits for what runs, and gives the lease back, so that another host takes over at once. Runs
     * that take longer than the patience given to the builder are stopped. Idempotent.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            thread.close(resources.patience(), resources.grace());
            resources.close();
        }
    }

    /** Closes a scheduler whose clock thread was never started. */
    void closeSteppedClock() {
        closed.set(true);
        engine.release();
        resources.close();
    }
}
