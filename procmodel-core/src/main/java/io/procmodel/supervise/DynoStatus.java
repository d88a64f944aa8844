package io.procmodel.supervise;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.DynoState;
import io.procmodel.dyno.Exit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What supervision knows about one dyno name.
 *
 * @param name the dyno's name
 * @param instance the id of the instance shown, or 0 when it is crashed and none is alive
 * @param state its state
 * @param since when it came into this state
 * @param release the release that it runs, or will run
 * @param command its command
 * @param crashes how often it has crashed in a row
 * @param lastExit how it last crashed, or null
 * @param nextStart when it is started again, or null
 */
public record DynoStatus(
        DynoName name,
        long instance,
        DynoState state,
        Instant since,
        int release,
        String command,
        int crashes,
        @Nullable Exit lastExit,
        @Nullable Instant nextStart) {

    static DynoStatus of(Instance instance, @Nullable Health health) {
        return new DynoStatus(
                instance.name(),
                instance.id(),
                instance.phase().state(),
                instance.since(),
                instance.release(),
                instance.process().command(),
                health == null ? 0 : health.crashes(),
                health == null ? null : health.lastExit(),
                null);
    }

    static DynoStatus idle(DynoName name, Target target, @Nullable Health health) {
        return new DynoStatus(
                name,
                0,
                DynoState.IDLE,
                Instant.EPOCH,
                target.release(),
                target.process(name).map(Target.ProcessTarget::command).orElse(""),
                health == null ? 0 : health.crashes(),
                health == null ? null : health.lastExit(),
                null);
    }

    static DynoStatus crashed(DynoName name, Target target, Health health) {
        return new DynoStatus(
                name,
                0,
                DynoState.CRASHED,
                health.since(),
                target.release(),
                target.process(name).map(Target.ProcessTarget::command).orElse(""),
                health.crashes(),
                health.lastExit(),
                health.nextStart());
    }
}
