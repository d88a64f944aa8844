package io.procmodel.scheduler;

import io.procmodel.scheduler.ledger.JobRun;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Claims of which nobody knows whether the ledger granted them, because its answer did not arrive. While the lead is held
 * they are simply asked again. After it is lost a claim is not repeated; but if the ledger has it, this host alone may start
 * it, and it would stay open for as long as this host lives. Confined to the clock thread.
 */
final class LostAnswers {
    /** A commit that was under way when the connection broke is there by then. */
    private static final int LOOKS = 10;

    private final Map<String, JobRun> asked = new HashMap<>();
    private final Map<String, Outstanding> outstanding = new LinkedHashMap<>();

    private record Outstanding(Candidate candidate, JobRun run, int looks) {}

    /** A claim that failed, and will be repeated while the lead is held. */
    void asked(Candidate candidate, JobRun run) {
        if (candidate.end() == null) {
            asked.put(candidate.key(), run);
        }
    }

    /** The ledger said what it thinks of a claim. */
    void answered(Candidate candidate) {
        asked.remove(candidate.key());
    }

    /** A claim will not be repeated; if it was asked before, its answer is outstanding from now on. Always true. */
    boolean dropped(Candidate candidate) {
        JobRun run = asked.remove(candidate.key());
        if (run != null) {
            outstanding.put(candidate.key(), new Outstanding(candidate, run, 0));
        }
        return true;
    }

    /** The runs of a job are nobody's any more. */
    void forget(Job job) {
        asked.values().removeIf(run -> run.job().equals(job.name()));
        outstanding.values().removeIf(one -> one.candidate().job() == job);
    }

    boolean areOutstanding() {
        return !outstanding.isEmpty();
    }

    /** The claims that turn out to have been granted, given all runs that the ledger has as going on. */
    Map<Candidate, JobRun> granted(List<JobRun> open) {
        Map<Candidate, JobRun> granted = new LinkedHashMap<>();
        Map<String, JobRun> byKey = new HashMap<>();
        open.forEach(run -> byKey.put(run.key(), run));
        for (Iterator<Map.Entry<String, Outstanding>> all =
                        outstanding.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<String, Outstanding> entry = all.next();
            Outstanding one = entry.getValue();
            JobRun run = byKey.get(entry.getKey());
            if (run != null
                    && run.host().equals(one.run().host())
                    && run.token() == one.run().token()) {
                granted.put(one.candidate(), run);
                all.remove();
            } else if (run != null || one.looks() == LOOKS) {
                all.remove();
            } else {
                entry.setValue(new Outstanding(one.candidate(), one.run(), one.looks() + 1));
            }
        }
        return granted;
    }
}
