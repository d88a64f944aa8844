package io.procmodel.supervise;

import io.procmodel.dyno.Exit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The crash record of one dyno name, which outlives its instances.
 *
 * @param crashes how often it has crashed in a row
 * @param lastExit how it last crashed
 * @param since when it last crashed
 * @param crashed whether it is down because of that, with no other instance of the name alive
 * @param nextStart when it is started again if it is down; null if not before a release or a restart by hand
 */
record Health(
        int crashes,
        Exit lastExit,
        Instant since,
        boolean crashed,
        @Nullable Instant nextStart) {

    Health started() {
        return new Health(crashes, lastExit, since, false, null);
    }

    /** The cool-off ends at once, and the count with it: a new release, a restart by hand (DYN-21). */
    Health forgiven(Instant now) {
        return new Health(0, lastExit, since, crashed, now);
    }

    boolean keepsDown(Instant now) {
        return crashed && (nextStart == null || nextStart.isAfter(now));
    }
}
