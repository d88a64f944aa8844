package io.procmodel.scheduler.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One run of a job, or the record that it was left out.
 *
 * @param key what is claimed: the job and the instant of its schedule, and the attempt if it is not the first
 * @param job the job's name
 * @param scheduledFor the instant of the job's schedule, or when it was asked for
 * @param trigger why
 * @param attempt from 1
 * @param token the fencing token of the lease under which it was claimed; 0 for a run by hand on a host without the lead
 * @param host who claimed it
 * @param startedAt when it was claimed, at once before its start
 * @param count how many instants it stands for: 1, but for a record of missed ones
 * @param end how it ended; empty while it runs
 */
public record JobRun(
        String key,
        String job,
        Instant scheduledFor,
        Trigger trigger,
        int attempt,
        long token,
        String host,
        Instant startedAt,
        long count,
        Optional<RunEnd> end) {

    /** Checks that all is given. */
    public JobRun {
        requireNonNull(key, "key");
        requireNonNull(job, "job");
        requireNonNull(scheduledFor, "scheduledFor");
        requireNonNull(trigger, "trigger");
        requireNonNull(host, "host");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(end, "end");
    }

    /** The key of an attempt at an instant of a job's schedule: the same for everybody who wants it. */
    public static String key(String job, Instant scheduledFor, int attempt) {
        return job + "@" + scheduledFor + (attempt == 1 ? "" : "#" + attempt);
    }

    /** Whether it is going on. */
    public boolean isOpen() {
        return end.isEmpty();
    }

    /** The same run, ended. */
    public JobRun ended(RunEnd how) {
        return new JobRun(key, job, scheduledFor, trigger, attempt, token, host, startedAt, count, Optional.of(how));
    }
}
