package io.procmodel.scheduler;

import io.procmodel.scheduler.JobBody.Result;
import io.procmodel.scheduler.JobBody.RunningBody;
import io.procmodel.scheduler.ledger.JobRun;
import io.procmodel.scheduler.ledger.Outcome;
import io.procmodel.scheduler.ledger.RunEnd;
import io.procmodel.scheduler.timer.TimerHeap;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A run of this scheduler that is going on. Confined to the clock thread. */
final class ActiveRun {
    private final Job job;
    private final JobRun run;
    private final @Nullable CompletableFuture<JobRun> asked;
    private @Nullable RunningBody body;
    private @Nullable Outcome stoppedAs;
    private TimerHeap.@Nullable Entry<ActiveRun> timeout;

    ActiveRun(Job job, JobRun run, @Nullable CompletableFuture<JobRun> asked) {
        this.job = job;
        this.run = run;
        this.asked = asked;
    }

    Job job() {
        return job;
    }

    JobRun run() {
        return run;
    }

    void started(RunningBody started, TimerHeap.@Nullable Entry<ActiveRun> timeoutEntry) {
        this.body = started;
        this.timeout = timeoutEntry;
    }

    /** Stops it for a reason, which is its outcome then; the first reason counts. */
    void stop(Outcome reason) {
        if (stoppedAs == null) {
            stoppedAs = reason;
            if (body != null) {
                body.stop();
            }
        }
    }

    void cancelTimeout(TimerHeap<ActiveRun> timeouts) {
        if (timeout != null) {
            timeouts.cancel(timeout);
        }
    }

    JobRun ended(Result result, Instant now) {
        Outcome natural = result.succeeded() ? Outcome.SUCCEEDED : Outcome.FAILED;
        Outcome outcome = stoppedAs == null ? natural : stoppedAs;
        return run.ended(new RunEnd(now, outcome, result.exitStatus(), result.note()));
    }

    void tell(JobRun ended) {
        if (asked != null) {
            asked.complete(ended);
        }
    }
}
