package io.procmodel.scheduler;

import static java.util.Objects.requireNonNull;

import io.procmodel.App;
import io.procmodel.OneOffCommand;
import io.procmodel.OneOffDyno;
import io.procmodel.error.InvalidValueException;
import io.procmodel.formation.DynoSize;
import io.procmodel.scheduler.ledger.JobRun;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Describes a job, and registers it with the last call, {@link #call}, {@link #callWith}, {@link #start} or {@link #run}. What is not
 * said is as in {@link JobPolicy#DEFAULT}. Not thread-safe.
 */
public final class JobBuilder {
    private final ClockScheduler scheduler;
    private final String name;
    private final Executor callbacks;
    private @Nullable Schedule schedule;
    private JobPolicy policy = JobPolicy.DEFAULT;
    private @Nullable Size size;

    /**
     * How big a dyno is to be.
     *
     * @param text what it was called
     * @param to gives a command that size; which sizes there are, its app's platform knows
     */
    private record Size(String text, UnaryOperator<OneOffCommand> to) {}

    JobBuilder(ClockScheduler scheduler, String name, Executor callbacks) {
        this.scheduler = scheduler;
        this.name = name;
        this.callbacks = callbacks;
    }

    /** When it runs. Required. */
    public JobBuilder schedule(Schedule schedule) {
        this.schedule = requireNonNull(schedule, "schedule");
        return this;
    }

    /**
     * When it runs, as {@link Schedule#parse} reads it: {@code every 10 minutes}, {@code daily at 02:00 UTC}.
     *
     * @throws InvalidScheduleException if it is not a schedule
     */
    public JobBuilder schedule(String text) {
        return schedule(Schedule.parse(text));
    }

    /** All that is said about how it runs, at once. */
    public JobBuilder policy(JobPolicy policy) {
        this.policy = requireNonNull(policy, "policy");
        return this;
    }

    /** What becomes of instants that passed while no clock ran; {@link CatchUp#once} by default. */
    public JobBuilder catchUp(CatchUp catchUp) {
        return policy(policy.withCatchUp(catchUp));
    }

    /** What happens when the run before is still going on; {@link Overlap#SKIP} by default. */
    public JobBuilder overlap(Overlap overlap) {
        return policy(policy.withOverlap(overlap));
    }

    /**
     * Starts each run later than its instant by a delay of the job's own, at most {@code most}, so that a herd of jobs of
     * the same instant spreads; none by default. The same delay each time, so runs stay evenly spaced, and the instant
     * that is claimed does not change.
     *
     * @throws InvalidValueException if it is negative
     */
    public JobBuilder jitter(Duration most) {
        return policy(policy.withJitter(most));
    }

    /**
     * After how long a run is stopped: a callback is interrupted, a dyno gets SIGTERM, its grace, and SIGKILL. 24 hours by
     * default.
     *
     * @throws InvalidValueException if it is not more than zero
     */
    public JobBuilder timeout(Duration limit) {
        return policy(policy.withTimeout(Optional.of(limit)));
    }

    /** Lets a run take as long as it likes. */
    public JobBuilder noTimeout() {
        return policy(policy.withTimeout(Optional.empty()));
    }

    /**
     * Tries a run that failed or took too long again; not by default, because only the job's author knows whether it may
     * be repeated.
     *
     * @param times how often
     * @param pause how long after the failure
     * @throws InvalidValueException if {@code times} is not from 0 to 100, or {@code pause} is negative
     */
    public JobBuilder retry(int times, Duration pause) {
        return policy(policy.withRetries(times, pause));
    }

    /** What happens to a run whose host died; {@link OnAbandoned#REPORT} by default. */
    public JobBuilder onAbandoned(OnAbandoned action) {
        return policy(policy.withOnAbandoned(action));
    }

    /** Runs it also at once when it is known for the first time. */
    public JobBuilder runAtStart() {
        return policy(policy.withRunAtStart());
    }

    /**
     * The size of the dyno that {@link #run} starts, by its name, which is one that the app's platform knows: Heroku's, or one
     * of the host's own. Without it, the size of the process type {@code run}.
     */
    public JobBuilder size(String name) {
        requireNonNull(name, "size");
        this.size = new Size(name, command -> command.size(name));
        return this;
    }

    /** The size of the dyno that {@link #run} starts; see {@link #size(String)}. */
    public JobBuilder size(DynoSize dynoSize) {
        requireNonNull(dynoSize, "size");
        this.size = new Size(dynoSize.toString(), command -> command.size(dynoSize));
        return this;
    }

    /**
     * Registers it as a call of {@code callback}, on a thread of the scheduler.
     *
     * @throws IllegalStateException if it has no schedule, or a size
     * @throws JobExistsException if there is a job of that name
     */
    public void call(Runnable callback) {
        requireNonNull(callback, "callback");
        callWith(run -> callback.run());
    }

    /**
     * Registers it as a call of {@code callback} with the run, which has the fencing token, on a thread of the scheduler.
     *
     * @throws IllegalStateException if it has no schedule, or a size
     * @throws JobExistsException if there is a job of that name
     */
    public void callWith(Consumer<? super JobRun> callback) {
        requireNonNull(callback, "callback");
        requireNoSize("callWith(...)");
        register(new CallbackBody(callbacks, callback::accept));
    }

    /**
     * Registers it as a one-off dyno that {@code starter} starts, for example {@code () -> app.run("node x.js").detached()}.
     * A command that is made in there is named {@code scheduler.N} and has {@code PROCMODEL_FENCING_TOKEN} in its
     * environment. The run ends with the dyno, and its exit status is the outcome.
     *
     * @throws IllegalStateException if it has no schedule, or a size: the starter says it
     * @throws JobExistsException if there is a job of that name
     */
    public void start(Supplier<OneOffDyno> starter) {
        requireNoSize("start(...)");
        register(new DynoBody(callbacks, requireNonNull(starter, "starter")));
    }

    /**
     * Registers it as a one-off dyno of an app, on the app's release at that time; see {@link #start}.
     *
     * @throws IllegalStateException if it has no schedule
     * @throws InvalidValueException if {@code command} is blank, or the app's platform has no size of that name
     * @throws JobExistsException if there is a job of that name
     */
    public void run(App app, String command) {
        UnaryOperator<OneOffCommand> sized = size == null ? UnaryOperator.identity() : size.to();
        OneOffCommand unused = sized.apply(app.run(command));
        register(new DynoBody(callbacks, () -> sized.apply(app.run(command)).detached()));
    }

    private void requireNoSize(String ending) {
        if (size != null) {
            throw new IllegalStateException("job " + name + ": size " + size.text() + " with " + ending
                    + " (expected: size only with run(app, command))");
        }
    }

    private void register(JobBody body) {
        if (schedule == null) {
            throw new IllegalStateException("job " + name + ": no schedule (expected: schedule(...) before this call)");
        }
        scheduler.register(new Job(name, schedule, policy, body));
    }
}
