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
 * @param nextStart when it is started again, or null while an instance of it is alive
 */
record Health(
        int crashes, Exit lastExit, Instant since, @Nullable Instant nextStart) {

    Health started() {
        return new Health(crashes, lastExit, since, null);
    }

    /** The cool-off ends at once, and the count with it: a new release, a restart by hand (DYN-21). */
    Health forgiven(Instant now) {
        return new Health(0, lastExit, since, now);
    }

    boolean crashed() {
        return nextStart != null;
    }
}
