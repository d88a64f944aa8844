package io.procmodel.local;

import io.procmodel.dyno.DynoName;
import io.procmodel.policy.StopSignal;
import io.procmodel.runtime.DynoSpec;
import io.procmodel.runtime.RunningDyno;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One process of a local run, over its restarts. Guarded by the lock of the run. */
final class LocalProcess {
    /** Where it is in its life. */
    private enum Stage {
        TO_START,
        STARTING,
        RUNNING,
        ENDED
    }

    private final DynoSpec spec;
    private Stage stage = Stage.TO_START;
    private Optional<RunningDyno> running = Optional.empty();
    private Instant since = Instant.MIN;
    private int crashes;

    LocalProcess(DynoSpec spec) {
        this.spec = spec;
    }

    DynoSpec spec() {
        return spec;
    }

    DynoName name() {
        return spec.name();
    }

    void starting() {
        stage = Stage.STARTING;
    }

    void started(RunningDyno dyno, Instant now) {
        stage = Stage.RUNNING;
        running = Optional.of(dyno);
        since = now;
    }

    void ended() {
        stage = Stage.ENDED;
        running = Optional.empty();
    }

    void toStartAgain() {
        stage = Stage.TO_START;
    }

    boolean isAlive() {
        return stage == Stage.STARTING || stage == Stage.RUNNING;
    }

    boolean isToStart() {
        return stage == Stage.TO_START;
    }

    /** How often it has ended soon after its start, in a row and this time included. */
    int crashed(Instant now, Duration resetAfter) {
        crashes = since.plus(resetAfter).isAfter(now) ? crashes + 1 : 1;
        return crashes;
    }

    Optional<Integer> port() {
        return running.flatMap(RunningDyno::address).map(address -> address.getPort());
    }

    void terminate() {
        running.ifPresent(dyno -> dyno.terminate(StopSignal.TERM));
    }

    void kill() {
        running.ifPresent(RunningDyno::kill);
    }
}
