package io.procmodel.logplex;

import io.procmodel.logplex.ring.CursorCounts;

/**
 * The accounts of one reader of a channel at one instant; {@code offered = delivered + filtered + dropped + pending}
 * always.
 *
 * @param name the reader, for example {@code tail-1}
 * @param offered lines of the channel from the reader's start to the newest
 * @param delivered lines handed to it, those at which it failed included
 * @param filtered lines that its query does not ask for
 * @param dropped lines that were gone before it came to them, or that it refused for good
 * @param pending lines that it has still to look at
 * @param failed calls at which its listener threw
 */
public record SinkStats(
        String name, long offered, long delivered, long filtered, long dropped, long pending, long failed) {
    static SinkStats of(CursorCounts counts) {
        return new SinkStats(
                counts.name(),
                counts.offered(),
                counts.delivered(),
                counts.filtered(),
                counts.dropped(),
                counts.pending(),
                counts.failed());
    }
}
