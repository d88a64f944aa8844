package io.procmodel.scheduler;

import io.procmodel.scheduler.ledger.JobMark;
import io.procmodel.scheduler.ledger.JobRun;
import io.procmodel.scheduler.ledger.Outcome;
import io.procmodel.scheduler.ledger.RunEnd;
import io.procmodel.scheduler.ledger.RunLedger;
import io.procmodel.scheduler.ledger.RunLedgerUnavailableException;
import io.procmodel.scheduler.ledger.Trigger;
import io.procmodel.scheduler.timer.TimerHeap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which instant of each job the clock waits for, while this scheduler has the lead. Where a job stands is read from the
 * ledger, never from memory: the latest instant that was claimed, and since when its schedule holds. Confined to the
 * clock thread.
 */
final class Plans {
    /** A host that the ledger has not heard of for so long is gone. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final RunLedger ledger;
    private final String host;
    private final InstantSource clock;
    private final Events events;
    private final Runs runs;
    private final TimerHeap<Job> ticks;
    private final Collection<Job> jobs;

    /** A store may give the same object as before to say that nothing has changed. */
    private Map<String, JobMark> seen = Map.of();

    Plans(ClockSettings settings, Events events, Runs runs, TimerHeap<Job> ticks, Collection<Job> jobs) {
        this.ledger = settings.ledger();
        this.host = settings.host();
        this.clock = settings.clock();
        this.events = events;
        this.runs = runs;
        this.ticks = ticks;
        this.jobs = jobs;
    }

    /** The lead is this scheduler's: shuts out the one before, sees what it left, and plans every job. */
    void takeOver(long token) {
        ledger.fence(token);
        ledger.beat(host);
        giveUpUnstarted();
        abandonSilent();
        ticks.clear();
        plan(jobs, token);
        jobs.forEach(this::enterLeftRetry);
    }

    /** Plans jobs that were registered under the lead, or all of them with it. */
    void plan(Collection<Job> some, long token) {
        Map<String, JobMark> marks = ledger.marks();
        Map<String, Instant> last = ledger.lastScheduled();
        List<JobMark> news = new ArrayList<>();
        List<Job> atStart = new ArrayList<>();
        Instant now = clock.instant();
        for (Job job : some) {
            JobMark mark = marks.get(job.name());
            String definition = job.definition();
            if (mark == null || !mark.definition().equals(definition)) {
                Optional<Instant> paused = mark == null ? Optional.empty() : mark.pausedSince();
                boolean first = mark == null;
                mark = new JobMark(job.name(), definition, now, paused);
                news.add(mark);
                if (first && job.policy().runAtStart() && !last.containsKey(job.name())) {
                    atStart.add(job);
                }
            }
            job.mark(mark);
            planSafely(job, () -> plan(job, Optional.ofNullable(last.get(job.name()))));
        }
        if (!news.isEmpty()) {
            ledger.mark(news);
        }
        // Not before it is known that they are known: planning is repeated when the ledger fails.
        atStart.forEach(job -> runs.enter(Candidate.scheduled(job, now, Trigger.SCHEDULE)));
    }

    /** A schedule may be the host's own function; one that throws takes its own job out, and no other. */
    private void planSafely(Job job, Runnable planning) {
        try {
            planning.run();
        } catch (RunLedgerUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            job.unplan(ticks);
            events.tell(new SchedulerEvent.ScheduleFailed(job.name(), e.toString(), clock.instant()));
        }
    }

    private void plan(Job job, Optional<Instant> last) {
        Instant since = job.mark().orElseThrow().since();
        Instant base = last.filter(claimed -> claimed.isAfter(since)).orElse(since);
        if (!job.schedule().followsCompletion()) {
            job.plan(ticks, job.schedule().nextAfter(base).orElse(null));
        } else if (job.running().isEmpty()) {
            job.plan(ticks, job.schedule().nextAfter(lastEnd(job, base)).orElse(null));
        }
    }

    private Instant lastEnd(Job job, Instant base) {
        return ledger.history(job.name(), 1).stream()
                .flatMap(run -> run.end().stream())
                .map(RunEnd::at)
                .filter(end -> end.isAfter(base))
                .findFirst()
                .orElse(base);
    }

    /** Looks at what other hosts have changed: pauses, and the dead among them. */
    void refresh() {
        abandonSilent();
        Map<String, JobMark> marks = ledger.marks();
        if (marks == seen) {
            return;
        }
        for (Job job : jobs) {
            JobMark mark = marks.get(job.name());
            if (mark != null
                    && job.mark().isPresent()
                    && !mark.equals(job.mark().get())) {
                boolean edited = !mark.definition().equals(job.definition());
                job.mark(mark);
                if (!edited) {
                    planAnew(job);
                }
            }
        }
        seen = marks;
    }

    /** A pause or its end has been recorded; see {@link ClockScheduler#pause}. */
    void marked(Job job, JobMark mark) {
        if (job.mark().isPresent()) {
            job.mark(mark);
            planAnew(job);
        }
    }

    private void planAnew(Job job) {
        Instant last = ledger.lastScheduled().get(job.name());
        planSafely(job, () -> plan(job, Optional.ofNullable(last)));
    }

    /** Runs of this very host that it does not know: their claims were granted, but the answer was lost. */
    private void giveUpUnstarted() {
        for (JobRun run : ledger.open()) {
            if (run.host().equals(host) && !runs.isRunning(run)) {
                RunEnd end = RunEnd.of(clock.instant(), Outcome.ABANDONED, "claimed, but the answer was lost");
                ledger.end(run.key(), end);
                events.tell(new SchedulerEvent.RunEnded(run.ended(end), clock.instant()));
                find(run.job()).ifPresent(job -> runs.enter(Candidate.again(job, run)));
            }
        }
    }

    private void abandonSilent() {
        for (JobRun run : ledger.abandonSilent(SILENCE)) {
            events.tell(new SchedulerEvent.RunEnded(run, clock.instant()));
            find(run.job())
                    .filter(job -> job.policy().onAbandoned() == OnAbandoned.RERUN)
                    .ifPresent(job -> runs.enter(Candidate.again(job, run)));
        }
    }

    /** The host that had the lead before may have owed another attempt. */
    private void enterLeftRetry(Job job) {
        if (job.policy().retries() > 0) {
            ledger.history(job.name(), 1).stream()
                    .filter(run -> run.end().isPresent())
                    .forEach(run -> runs.retryIfOwed(job, run));
        }
    }

    private Optional<Job> find(String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
    }

    /** Enters the runs of all jobs whose instant has come, and plans the next ones. */
    void enterDue(Instant now) {
        long millis = now.toEpochMilli();
        for (Job job = ticks.poll(millis); job != null; job = ticks.poll(millis)) {
            Instant planned = job.planned();
            if (planned != null) {
                Job due = job;
                planSafely(due, () -> enterDue(due, planned, now.minus(due.delay())));
            }
        }
    }

    private void enterDue(Job job, Instant planned, Instant now) {
        DueInstants due =
                DueInstants.upTo(now, job.schedule(), planned, job.policy().catchUp());
        if (job.schedule().followsCompletion()) {
            job.plan(ticks, null);
            if (job.isPaused()) {
                job.plan(ticks, job.schedule().nextAfter(now).orElse(null));
            } else {
                runs.enter(Candidate.scheduled(job, planned, Trigger.SCHEDULE));
            }
            return;
        }
        job.plan(ticks, due.next().orElse(null));
        if (!job.isPaused()) {
            enterMissed(job, due);
            int last = due.toRun().size() - 1;
            for (int i = 0; i <= last; i++) {
                Instant instant = due.toRun().get(i);
                boolean onTime = i == last && DueInstants.isOnTime(instant, now);
                runs.enter(Candidate.scheduled(job, instant, onTime ? Trigger.SCHEDULE : Trigger.CATCH_UP));
            }
        }
    }

    private void enterMissed(Job job, DueInstants due) {
        Instant last = due.lastMissed();
        if (last != null) {
            String note = due.missed() == 1 ? "" : due.missed() + " instants from " + due.firstMissed();
            RunEnd end = RunEnd.of(clock.instant(), Outcome.MISSED, note);
            runs.enter(Candidate.missed(job, last, due.missed(), end));
        }
    }

    /** The run of a job that counts from the end of its runs is over. */
    void completed(Job job, Instant end) {
        if (job.schedule().followsCompletion() && job.mark().isPresent()) {
            job.plan(ticks, job.schedule().nextAfter(end).orElse(null));
        }
    }

    /** The clock was set back: pauses after a run do not get longer by that. */
    void pullBack(Instant now) {
        for (Job job : jobs) {
            Instant planned = job.planned();
            if (planned != null && job.schedule().followsCompletion()) {
                job.schedule()
                        .nextAfter(now)
                        .filter(next -> next.isBefore(planned))
                        .ifPresent(next -> job.plan(ticks, next));
            }
        }
    }

    /** The lead is gone: nothing is planned, and what was known of the jobs is out of date. */
    void forget() {
        jobs.forEach(job -> job.unplan(ticks));
    }
}
