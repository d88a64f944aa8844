package io.procmodel.scheduler;

import io.procmodel.scheduler.ledger.RunLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares this host's clock with the one of the ledger's store, now and then, and tells when they are too far apart. The
 * clock thread looks; everybody may read what it found.
 */
final class SkewWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SkewWatch.class);
    private static final Duration TOLERANCE = Duration.ofSeconds(1);
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final RunLedger ledger;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Events events;
    private long lookAt;
    private Duration told = Duration.ZERO;
    private volatile @Nullable Duration ahead;

    SkewWatch(ClockSettings settings, Events events) {
        this.ledger = settings.ledger();
        this.clock = settings.clock();
        this.nanoTime = settings.nanoTime();
        this.events = events;
        this.lookAt = nanoTime.getAsLong();
    }

    /** How far this host's clock was ahead when it was compared last; empty if the store has no clock of its own. */
    Optional<Duration> ahead() {
        return Optional.ofNullable(ahead);
    }

    /** Compares if it is time to. */
    void look() {
        long began = nanoTime.getAsLong();
        if (began - lookAt < 0) {
            return;
        }
        lookAt = began + EVERY.toNanos();
        Optional<Instant> theirs = ledger.now();
        if (theirs.isPresent()) {
            // The store looked at its clock somewhere on the way: half of the way is as much as nobody knows.
            Duration unsure = Duration.ofNanos(nanoTime.getAsLong() - began).dividedBy(2);
            Instant ours = clock.instant();
            found(Duration.between(theirs.get(), ours.minus(unsure)), unsure, ours);
        }
    }

    private void found(Duration distance, Duration unsure, Instant now) {
        ahead = distance;
        Duration sure = distance.abs().minus(unsure);
        boolean tooFar = sure.compareTo(TOLERANCE) > 0;
        boolean known = !told.isZero();
        boolean changed = distance.minus(told).abs().minus(unsure).compareTo(TOLERANCE) > 0;
        if (tooFar ? changed : known && distance.abs().plus(unsure).compareTo(TOLERANCE) <= 0) {
            told = tooFar ? distance : Duration.ZERO;
            LOG.warn("this host's clock is {} {} the clock of {}", distance.abs(), word(distance), ledger);
            events.tell(new SchedulerEvent.ClockSkewed(distance, now));
        }
    }

    private static String word(Duration distance) {
        return distance.isNegative() ? "behind" : "ahead of";
    }
}
