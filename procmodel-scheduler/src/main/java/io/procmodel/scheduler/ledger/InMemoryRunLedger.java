package io.procmodel.scheduler.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A ledger for the schedulers of one JVM, which share the object. It is gone with the JVM. Thread-safe. */
public final class InMemoryRunLedger implements RunLedger {
    private final RunIndex index;
    private final InstantSource clock;
    private final Map<String, Instant> seen = new HashMap<>();

    /** An empty ledger on the system's clock that keeps {@link History#DEFAULT}. */
    public InMemoryRunLedger() {
        this(InstantSource.system(), History.DEFAULT);
    }

    /**
     * An empty ledger.
     *
     * @param clock judges who is silent
     * @param history how much it keeps
     */
    public InMemoryRunLedger(InstantSource clock, History history) {
        this.clock = requireNonNull(clock, "clock");
        this.index = new RunIndex(history);
    }

    @Override
    public synchronized void fence(long token) {
        index.fence(token);
    }

    @Override
    public synchronized List<Claim> claim(List<JobRun> runs) {
        List<Claim> claims = new ArrayList<>(runs.size());
        for (JobRun run : runs) {
            Claim claim = index.judge(run);
            if (claim == Claim.GRANTED) {
                index.put(run);
            }
            claims.add(claim);
        }
        return claims;
    }

    @Override
    public synchronized void end(String key, RunEnd end) {
        JobRun ended = index.ended(key, end);
        if (ended != null) {
            index.put(ended);
        }
    }

    @Override
    public synchronized List<JobRun> open() {
        return index.open();
    }

    @Override
    public synchronized void beat(String host) {
        seen.put(host, clock.instant());
    }

    @Override
    public synchronized List<JobRun> abandonSilent(Duration silence) {
        Instant now = clock.instant();
        List<JobRun> abandoned = new ArrayList<>();
        for (JobRun run : index.open()) {
            if (seen.getOrDefault(run.host(), run.startedAt()).plus(silence).isBefore(now)) {
                JobRun ended = run.ended(RunEnd.of(now, Outcome.ABANDONED, "host " + run.host() + " is silent"));
                index.put(ended);
                abandoned.add(ended);
            }
        }
        return abandoned;
    }

    @Override
    public synchronized List<JobRun> history(String job, int limit) {
        return index.history(job, limit);
    }

    @Override
    public synchronized Map<String, Instant> lastScheduled() {
        return index.lastScheduled();
    }

    @Override
    public synchronized Map<String, JobMark> marks() {
        return index.marks();
    }

    @Override
    public synchronized void mark(List<JobMark> marks) {
        marks.forEach(index::mark);
    }

    @Override
    public void close() {
        // Nothing to give back.
    }
}
