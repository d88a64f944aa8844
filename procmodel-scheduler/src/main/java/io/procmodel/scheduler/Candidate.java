package io.procmodel.scheduler;

import io.procmodel.scheduler.ledger.JobRun;
import io.procmodel.scheduler.ledger.RunEnd;
import io.procmodel.scheduler.ledger.Trigger;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to be claimed.
 *
 * @param job the job
 * @param key what is to be claimed
 * @param scheduledFor its instant
 * @param trigger why
 * @param attempt from 1
 * @param count how many instants it stands for
 * @param end how it ended, if it is only to be recorded; null if it is to be started
 * @param asked completed when the run is over, if somebody waits for it; else null
 */
record Candidate(
        Job job,
        String key,
        Instant scheduledFor,
        Trigger trigger,
        int attempt,
        long count,
        @Nullable RunEnd end,
        @Nullable CompletableFuture<JobRun> asked) {

    static Candidate scheduled(Job job, Instant instant, Trigger trigger) {
        return new Candidate(job, JobRun.key(job.name(), instant, 1), instant, trigger, 1, 1, null, null);
    }

    static Candidate missed(Job job, Instant instant, long count, RunEnd end) {
        return new Candidate(job, JobRun.key(job.name(), instant, 1), instant, Trigger.CATCH_UP, 1, count, end, null);
    }

    static Candidate byHand(Job job, String id, Instant now, CompletableFuture<JobRun> asked) {
        return new Candidate(job, job.name() + "@manual:" + id, now, Trigger.MANUAL, 1, 1, null, asked);
    }

    /** The next attempt at what a run stood for. */
    static Candidate again(Job job, JobRun run) {
        String suffix = "#" + run.attempt();
        String first = run.attempt() == 1
                ? run.key()
                : run.key().substring(0, run.key().length() - suffix.length());
        int attempt = run.attempt() + 1;
        return new Candidate(job, first + "#" + attempt, run.scheduledFor(), Trigger.RETRY, attempt, 1, null, null);
    }

    /** The same, only to be recorded. */
    Candidate ended(RunEnd how) {
        return new Candidate(job, key, scheduledFor, trigger, attempt, count, how, asked);
    }

    JobRun toRun(long token, String host, Instant now) {
        return new JobRun(
                key, job.name(), scheduledFor, trigger, attempt, token, host, now, count, Optional.ofNullable(end));
    }

    /** It will not run. */
    void drop() {
        if (asked != null) {
            asked.cancel(false);
        }
    }

    /** It is over. */
    void over(JobRun run) {
        if (asked != null) {
            asked.complete(run);
        }
    }

    boolean isByHand() {
        return trigger == Trigger.MANUAL;
    }
}
