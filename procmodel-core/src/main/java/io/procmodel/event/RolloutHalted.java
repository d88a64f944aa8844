package io.procmodel.event;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * A new dyno did not come up, so the rollout of its release was stopped and the old dynos are kept. The next release, or a
 * restart by hand, tries again.
 *
 * @param app the app
 * @param dyno the dyno whose new instance failed
 * @param release the release that is not rolled out any further
 * @param exit how the new instance ended
 * @param reason why it counts as failed, in words: it ended, its web process was not ready in time, or it took too much memory
 * @param at when
 */
public record RolloutHalted(AppName app, DynoName dyno, int release, Exit exit, String reason, Instant at)
        implements DynoEvent {}
