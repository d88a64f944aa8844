package io.procmodel.scheduler;

import io.procmodel.scheduler.ledger.JobRun;
import java.time.Duration;
import java.time.Instant;

/** Something that happened to a scheduler. Told on its clock thread, in order; a listener's exception changes nothing. */
public sealed interface SchedulerEvent {
    /** When. */
    Instant at();

    /**
     * This scheduler fires the jobs from now on.
     *
     * @param token the fencing token of its lease
     * @param at when
     */
    record LeaderGained(long token, Instant at) implements SchedulerEvent {}

    /**
     * This scheduler does not fire jobs any more.
     *
     * @param reason why, in words
     * @param at when
     */
    record LeaderLost(String reason, Instant at) implements SchedulerEvent {}

    /**
     * A run was claimed and is being started.
     *
     * @param run the run
     * @param at when
     */
    record RunStarted(JobRun run, Instant at) implements SchedulerEvent {}

    /**
     * A run is over: it ended, or was left out because of another, missed or abandoned. Its end says which.
     *
     * @param run the run, with its end
     * @param at when
     */
    record RunEnded(JobRun run, Instant at) implements SchedulerEvent {}

    /**
     * A claim was refused: another host has the run, or the lead.
     *
     * @param run what was claimed
     * @param fenced whether it was because of an outdated lease
     * @param at when
     */
    record ClaimRefused(JobRun run, boolean fenced, Instant at) implements SchedulerEvent {}

    /**
     * The wall clock and the monotonic one disagree about how much time has passed: the clock was set, or the machine was
     * suspended.
     *
     * @param by how far the wall clock went ahead of real time; negative if it was set back
     * @param at when, by the clock as it is now
     */
    record ClockJumped(Duration by, Instant at) implements SchedulerEvent {}

    /**
     * This host's clock and that of the ledger's store are more than a second apart, or are not any more, or the distance
     * has changed by more than a second. Nothing runs twice by it, but jobs start as much too early or too late.
     *
     * @param ahead how far this host's clock is ahead of the store's; negative if it is behind
     * @param at when, by this host's clock
     */
    record ClockSkewed(Duration ahead, Instant at) implements SchedulerEvent {}

    /**
     * A job's schedule, a function of the host's, threw. The job is not fired until it is registered anew.
     *
     * @param job the job's name
     * @param reason what it threw
     * @param at when
     */
    record ScheduleFailed(String job, String reason, Instant at) implements SchedulerEvent {}

    /**
     * The lease's or the ledger's store could not be asked. Nothing is fired until it can.
     *
     * @param reason what failed
     * @param at when
     */
    record StoreFailed(String reason, Instant at) implements SchedulerEvent {}
}
