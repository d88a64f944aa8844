package io.procmodel.scheduler.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What a ledger remembers of a job beside its runs.
 *
 * @param job the job's name
 * @param definition the job's schedule in words, to notice that it was edited
 * @param since since when that schedule holds; instants before are nobody's
 * @param pausedSince since when it is paused; empty if it is not
 */
public record JobMark(String job, String definition, Instant since, Optional<Instant> pausedSince) {
    /** Checks that all is given. */
    public JobMark {
        requireNonNull(job, "job");
        requireNonNull(definition, "definition");
        requireNonNull(since, "since");
        requireNonNull(pausedSince, "pausedSince");
    }

    /** The same mark, paused since an instant or not paused. */
    public JobMark paused(Optional<Instant> pausedSince) {
        return new JobMark(job, definition, since, pausedSince);
    }
}
