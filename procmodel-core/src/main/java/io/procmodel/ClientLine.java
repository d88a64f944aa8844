package io.procmodel;

import io.procmodel.supervise.Moments;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The connection between a one-off dyno and whoever is attached to it. Once it is cut nothing goes over it any more, and the
 * dyno is told. Thread-safe.
 */
final class ClientLine {
    private final InstantSource clock;
    private final Runnable onCut;
    private final AtomicBoolean cut = new AtomicBoolean();
    private volatile Instant lastUse;

    ClientLine(InstantSource clock, Runnable onCut) {
        this.clock = clock;
        this.onCut = onCut;
        this.lastUse = clock.instant();
    }

    /** Something has gone over it, or might from now on. */
    void used() {
        lastUse = clock.instant();
    }

    /** When it will have been unused for so long, if nothing goes over it. */
    Instant unusedAt(Duration limit) {
        return Moments.after(lastUse, limit);
    }

    void cut() {
        if (cut.compareAndSet(false, true)) {
            onCut.run();
        }
    }

    boolean isCut() {
        return cut.get();
    }
}
