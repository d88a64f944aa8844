package io.procmodel.scheduler.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state of a ledger in memory. It has no time and no lock of its own. */
final class RunIndex {
    private final History history;
    private final Map<String, JobRun> byKey = new HashMap<>();
    private final Map<String, JobRun> open = new LinkedHashMap<>();
    private final Map<String, JobRuns> jobs = new TreeMap<>();
    private @Nullable Map<String, JobMark> marks;
    private long fence;

    RunIndex(History history) {
        this.history = history;
    }

    void fence(long token) {
        fence = Math.max(fence, token);
    }

    long fence() {
        return fence;
    }

    /** What the claim would be answered; nothing changes. */
    Claim judge(JobRun run) {
        if (run.trigger() != Trigger.MANUAL && run.token() < fence) {
            return Claim.FENCED;
        }
        JobRun present = byKey.get(run.key());
        if (present != null) {
            boolean repeated = present.isOpen()
                    && run.isOpen()
                    && present.host().equals(run.host())
                    && present.token() == run.token();
            return repeated ? Claim.GRANTED : Claim.TAKEN;
        }
        JobRuns runs = jobs.get(run.job());
        return runs != null && runs.isForgotten(run) ? Claim.TAKEN : Claim.GRANTED;
    }

    boolean knows(String key) {
        return byKey.containsKey(key);
    }

    void put(JobRun run) {
        byKey.put(run.key(), run);
        if (run.isOpen()) {
            open.put(run.key(), run);
        } else {
            open.remove(run.key());
        }
        JobRuns runs = of(run.job());
        runs.put(run);
        runs.forgetBeyond(history, run.startedAt()).forEach(byKey::remove);
    }

    /** The run with its end, or null if there is nothing to end. */
    @Nullable
    JobRun ended(String key, RunEnd end) {
        JobRun run = byKey.get(key);
        if (run == null) {
            return null;
        }
        Outcome before = run.end().map(RunEnd::outcome).orElse(Outcome.ABANDONED);
        return before == Outcome.ABANDONED ? run.ended(end) : null;
    }

    List<JobRun> open() {
        return new ArrayList<>(open.values());
    }

    List<JobRun> history(String job, int limit) {
        JobRuns runs = jobs.get(job);
        return runs == null ? List.of() : runs.newest(limit);
    }

    Map<String, Instant> lastScheduled() {
        Map<String, Instant> last = new TreeMap<>();
        jobs.forEach((job, runs) -> {
            Instant scheduled = runs.lastScheduled();
            if (scheduled != null) {
                last.put(job, scheduled);
            }
        });
        return last;
    }

    /** The same map until a mark changes, because hosts ask for it every other second. */
    Map<String, JobMark> marks() {
        Map<String, JobMark> known = marks;
        if (known == null) {
            Map<String, JobMark> all = new TreeMap<>();
            jobs.forEach((job, runs) -> {
                JobMark mark = runs.mark();
                if (mark != null) {
                    all.put(job, mark);
                }
            });
            known = Collections.unmodifiableMap(all);
            marks = known;
        }
        return known;
    }

    void mark(JobMark mark) {
        of(mark.job()).mark(mark);
        marks = null;
    }

    JobRuns of(String job) {
        return jobs.computeIfAbsent(job, name -> new JobRuns());
    }

    Map<String, JobRuns> jobs() {
        return jobs;
    }
}
