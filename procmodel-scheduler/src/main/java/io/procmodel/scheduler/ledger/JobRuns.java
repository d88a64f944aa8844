package io.procmodel.scheduler.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The runs of one job that are remembered, and how far back claims can still be judged. */
final class JobRuns {
    private static final Comparator<JobRun> ORDER =
            Comparator.comparing(JobRun::scheduledFor).thenComparing(JobRun::key);

    private final TreeSet<JobRun> runs = new TreeSet<>(ORDER);
    private @Nullable Instant lastScheduled;
    private @Nullable Instant forgottenUntil;
    private @Nullable JobMark mark;

    void put(JobRun run) {
        runs.remove(run);
        runs.add(run);
        if (run.trigger().isScheduled()) {
            reach(run.scheduledFor());
        }
    }

    void reach(Instant scheduled) {
        lastScheduled = later(lastScheduled, scheduled);
    }

    void forgetUntil(Instant instant) {
        forgottenUntil = later(forgottenUntil, instant);
    }

    private static Instant later(@Nullable Instant a, Instant b) {
        return a == null || b.isAfter(a) ? b : a;
    }

    /** Whether the run is of a time whose runs are forgotten, so that nobody can tell whether there was one. */
    boolean isForgotten(JobRun run) {
        return run.trigger() != Trigger.MANUAL
                && forgottenUntil != null
                && !run.scheduledFor().isAfter(forgottenUntil);
    }

    /** Forgets the oldest runs beyond the bounds, up to the first that is still open; their keys. */
    List<String> forgetBeyond(History bounds, Instant now) {
        List<String> forgotten = new ArrayList<>();
        Instant oldest = now.minus(bounds.age());
        while (!runs.isEmpty()) {
            JobRun first = runs.first();
            boolean beyond = runs.size() > bounds.runs() || first.scheduledFor().isBefore(oldest);
            if (!beyond || first.isOpen() || runs.size() == 1) {
                break;
            }
            runs.remove(first);
            forgetUntil(first.scheduledFor());
            forgotten.add(first.key());
        }
        return forgotten;
    }

    List<JobRun> newest(int limit) {
        return runs.descendingSet().stream().limit(limit).toList();
    }

    List<JobRun> oldestFirst() {
        return List.copyOf(runs);
    }

    @Nullable
    Instant lastScheduled() {
        return lastScheduled;
    }

    @Nullable
    Instant forgottenUntil() {
        return forgottenUntil;
    }

    @Nullable
    JobMark mark() {
        return mark;
    }

    void mark(JobMark mark) {
        this.mark = mark;
    }
}
