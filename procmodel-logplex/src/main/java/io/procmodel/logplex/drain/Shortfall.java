package io.procmodel.logplex.drain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lines of one kind of loss that the peer has not been told of. What a notice tells is forgotten only when the notice has
 * arrived, so that no count is lost with a batch. Not thread-safe.
 */
final class Shortfall {
    private long count;
    private @Nullable Instant since;
    private long telling;
    private @Nullable Instant tellingSince;

    /** Adds lines that were lost from an instant on. */
    void add(long lines, Instant when) {
        count += lines;
        since = since == null ? when : since;
    }

    /** Lines for which there is no notice on its way. */
    long count() {
        return count;
    }

    /** When the first of them was lost. */
    Instant since() {
        return since == null ? Instant.EPOCH : since;
    }

    /** Lines of which the notices on their way tell. */
    long telling() {
        return telling;
    }

    /** A notice of all of them is on its way. */
    void tell() {
        telling += count;
        tellingSince = tellingSince == null ? since : tellingSince;
        count = 0;
        since = null;
    }

    /** The notices have arrived. */
    void told() {
        telling = 0;
        tellingSince = null;
    }

    /** The notices will not arrive. */
    void untold() {
        if (telling > 0) {
            count += telling;
            since = tellingSince;
            told();
        }
    }
}
