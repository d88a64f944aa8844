package io.procmodel.scheduler;

import io.procmodel.scheduler.ledger.JobMark;
import io.procmodel.scheduler.timer.TimerHeap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A registered job and where it stands. Everything that changes is confined to the clock thread. */
final class Job {
    private final String name;
    private final Schedule schedule;
    private final JobPolicy policy;
    private final JobBody body;
    private final Duration delay;
    private final Map<String, ActiveRun> running = new LinkedHashMap<>();
    private final Deque<Candidate> backlog = new ArrayDeque<>();
    private @Nullable JobMark mark;
    private @Nullable Instant planned;
    private TimerHeap.@Nullable Entry<Job> entry;

    Job(String name, Schedule schedule, JobPolicy policy, JobBody body) {
        this.name = name;
        this.schedule = schedule;
        this.policy = policy;
        this.body = body;
        this.delay = delayOf(name, policy.jitter());
    }

    /** The same for a job wherever and whenever it runs, so that its runs stay evenly spaced. */
    private static Duration delayOf(String name, Duration jitter) {
        long most = LongTime.bounded(jitter).toMillis();
        return most == 0 ? Duration.ZERO : Duration.ofMillis(new SplittableRandom(name.hashCode()).nextLong(most + 1));
    }

    String name() {
        return name;
    }

    Schedule schedule() {
        return schedule;
    }

    /** The schedule in full, to notice that it was edited. */
    String definition() {
        return schedule instanceof CronSchedule cron
                ? cron.dialect() + " " + cron + " " + cron.dst()
                : schedule.getClass().getSimpleName() + " " + schedule;
    }

    JobPolicy policy() {
        return policy;
    }

    JobBody body() {
        return body;
    }

    /** How much later than its instant a run starts. */
    Duration delay() {
        return delay;
    }

    /** The runs of this scheduler that are going on, by key. */
    Map<String, ActiveRun> running() {
        return running;
    }

    /** The runs that wait for another to end. */
    Deque<Candidate> backlog() {
        return backlog;
    }

    Optional<JobMark> mark() {
        return Optional.ofNullable(mark);
    }

    void mark(JobMark remembered) {
        this.mark = remembered;
    }

    boolean isPaused() {
        return mark != null && mark.pausedSince().isPresent();
    }

    /** The instant that the clock waits for, or null. */
    @Nullable
    Instant planned() {
        return planned;
    }

    void plan(TimerHeap<Job> ticks, @Nullable Instant next) {
        unplan(ticks);
        planned = next;
        if (next != null) {
            entry = ticks.add(plusDelay(next), this);
        }
    }

    private long plusDelay(Instant next) {
        long millis = TimerHeap.millis(next);
        return millis > Long.MAX_VALUE - delay.toMillis() ? Long.MAX_VALUE : millis + delay.toMillis();
    }

    void unplan(TimerHeap<Job> ticks) {
        if (entry != null) {
            ticks.cancel(entry);
            entry = null;
        }
        planned = null;
    }
}
