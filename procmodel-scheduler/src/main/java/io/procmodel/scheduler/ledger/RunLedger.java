package io.procmodel.scheduler.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The record of what ran, shared by all hosts of a scheduler. The claim is what makes a job run once: whoever is granted a
 * run starts it, and nobody is granted it a second time, whatever clocks, leases and crashes do.
 *
 * <p>Thread-safe; every call blocks on the store. All throw {@link RunLedgerUnavailableException} if the store could not be
 * asked; whether a claim or an end was recorded is then unknown, and the call may be repeated. Implementations pass
 * {@code RunLedgerContract}, which is in this module's test jar.
 */
public interface RunLedger extends AutoCloseable {
    /** A lease with this token has the lead: claims under lower tokens are {@link Claim#FENCED} from now on. */
    void fence(long token);

    /**
     * Claims runs, each by itself, durably and all or nothing for each. A run that has an end already is recorded as a
     * whole. Runs by hand are not fenced. A claim that the same host repeats under the same token while the run is open is
     * granted again, so that a lost answer can be asked for; it must not start what it has seen granted.
     *
     * @return an answer for each run, in the same order
     */
    List<Claim> claim(List<JobRun> runs);

    /** Records how a run ended, unless it is ended already; a run given up as abandoned takes its real end. */
    void end(String key, RunEnd end);

    /** The runs of all hosts that are going on as far as the ledger knows, oldest first. */
    List<JobRun> open();

    /**
     * What time it is to the store, if it has a clock of its own, as a database has; empty by default. Instants come when a
     * host's clock says so; with this a host can tell that its clock is off.
     */
    default Optional<Instant> now() {
        return Optional.empty();
    }

    /** Tells that a host lives. */
    void beat(String host);

    /**
     * Gives up the open runs of hosts that are gone: not alive any more, or, where that cannot be told, silent for longer
     * than {@code silence}.
     *
     * @return the runs, now ended as {@link Outcome#ABANDONED}
     */
    List<JobRun> abandonSilent(Duration silence);

    /** The runs of a job that are still remembered, newest first, at most {@code limit}. */
    List<JobRun> history(String job, int limit);

    /** For each job the latest instant of its schedule that was claimed, also if the run itself is forgotten. */
    Map<String, Instant> lastScheduled();

    /** What is remembered of each job. */
    Map<String, JobMark> marks();

    /** Remembers this of jobs, instead of what was. */
    void mark(List<JobMark> marks);

    /** Gives the ledger back; idempotent. */
    @Override
    void close();
}
