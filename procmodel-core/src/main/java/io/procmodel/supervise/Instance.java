package io.procmodel.supervise;

import io.procmodel.dyno.DynoName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One life of a dyno, from the decision to start it until its last process is gone.
 *
 * @param id unique within the app and never reused
 * @param name its name; an instance that is stopping may share it with its successor
 * @param release the release that it runs
 * @param process what it runs
 * @param phase where it is in its life
 * @param since when it came into this phase
 * @param deadline when its boot or its stop is over at the latest, or null if nothing is due
 */
record Instance(
        long id,
        DynoName name,
        int release,
        Target.ProcessTarget process,
        Phase phase,
        Instant since,
        @Nullable Instant deadline) {

    Instance to(Phase next, Instant now, @Nullable Instant nextDeadline) {
        return new Instance(id, name, release, process, next, now, nextDeadline);
    }

    Instance withoutDeadline() {
        return new Instance(id, name, release, process, phase, since, null);
    }

    boolean overdue(Instant now) {
        return deadline != null && !deadline.isAfter(now);
    }
}
