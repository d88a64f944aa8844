package io.procmodel.supervise;

import io.procmodel.dyno.DynoName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One life of a dyno, from the decision to start it until its last process is gone.
 *
 * @param id unique within the app and never reused
 * @param name its name; an instance that is stopping, or that its successor is about to replace, shares it
 * @param release the release that it runs
 * @param process what it runs
 * @param phase where it is in its life
 * @param since when it came into this phase
 * @param deadline when its boot, its stop or, while it is up, its day is over; null if nothing is due
 * @param stale whether it is to be replaced although it runs the right release
 * @param warned when it was last told to be over its memory, or null
 * @param oneOff what is special about it if it is a one-off dyno, or null for a dyno of the formation
 * @param hangup how far it has been told that its client has gone, or null
 */
record Instance(
        long id,
        DynoName name,
        int release,
        Target.ProcessTarget process,
        Phase phase,
        Instant since,
        @Nullable Instant deadline,
        boolean stale,
        @Nullable Instant warned,
        @Nullable OneOff oneOff,
        @Nullable Hangup hangup) {

    static Instance spawning(long id, DynoName name, int release, Target.ProcessTarget process, Instant now) {
        return new Instance(id, name, release, process, Phase.SPAWNING, now, null, false, null, null, null);
    }

    Instance once(OneOff special) {
        return new Instance(id, name, release, process, phase, since, deadline, stale, warned, special, hangup);
    }

    Instance to(Phase next, Instant now, @Nullable Instant nextDeadline) {
        return new Instance(id, name, release, process, next, now, nextDeadline, stale, warned, oneOff, hangup);
    }

    Instance withoutDeadline() {
        return new Instance(id, name, release, process, phase, since, null, stale, warned, oneOff, hangup);
    }

    Instance asStale() {
        return new Instance(id, name, release, process, phase, since, null, true, warned, oneOff, hangup);
    }

    Instance warnedAt(Instant now) {
        return new Instance(id, name, release, process, phase, since, deadline, stale, now, oneOff, hangup);
    }

    Instance hangingUp(Hangup next, @Nullable Instant nextDeadline) {
        return new Instance(id, name, release, process, phase, since, nextDeadline, stale, warned, oneOff, next);
    }

    boolean overdue(Instant now) {
        return deadline != null && !deadline.isAfter(now);
    }

    boolean isOneOff() {
        return oneOff != null;
    }

    boolean isUp() {
        return phase == Phase.UP;
    }
}
