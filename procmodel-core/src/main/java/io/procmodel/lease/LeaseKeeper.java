package io.procmodel.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries to get a lease, and keeps it. It has no thread: its owner calls {@link #step} as often as {@link #untilNextStep}
 * says. Whether the lease is held is judged without asking anybody, from before the last renewal was sent, a sixth of the
 * time to live short of its end, and by the more pessimistic of two clocks: the monotonic one does not see a suspended
 * machine, the wall clock can be set back.
 *
 * <p>Thread-safe; {@link #step} and {@link #release} block for as long as the lease's store takes, all else answers at once.
 */
public final class LeaseKeeper {
    private static final Duration POLL_WITHOUT_TTL = Duration.ofMillis(100);
    private static final Duration CHECK_WITHOUT_TTL = Duration.ofSeconds(1);
    private static final Duration LONGEST_POLL = Duration.ofMillis(250);
    private static final int RENEWALS = 4;
    private static final int POLLS = 10;
    private static final int MARGINS = 6;

    private final Lease lease;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Duration renewEvery;
    private volatile @Nullable Term term;
    private volatile @Nullable LeaseUnavailableException failure;
    private volatile long nextStep;

    /** A stretch of time for which the lease is held, as far as it is known. */
    private record Term(HeldLease held, @Nullable Duration length, long sentNanos, Instant sent) {
        boolean isOver(long nanos, Instant now) {
            return length != null && (nanos - sentNanos >= length.toNanos() || !now.isBefore(sent.plus(length)));
        }
    }

    /**
     * Creates a keeper that holds nothing yet, and will renew the lease four times in its time to live.
     *
     * @param lease what to get
     * @param clock the wall clock
     * @param nanoTime the monotonic clock, such as {@code System::nanoTime}
     */
    public LeaseKeeper(Lease lease, InstantSource clock, LongSupplier nanoTime) {
        this(
                lease,
                clock,
                nanoTime,
                lease.ttl().map(ttl -> ttl.dividedBy(RENEWALS)).orElse(CHECK_WITHOUT_TTL));
    }

    /**
     * Creates a keeper that holds nothing yet.
     *
     * @param lease what to get
     * @param clock the wall clock
     * @param nanoTime the monotonic clock, such as {@code System::nanoTime}
     * @param renewEvery how long after a renewal the next one is sent
     */
    public LeaseKeeper(Lease lease, InstantSource clock, LongSupplier nanoTime, Duration renewEvery) {
        this.lease = lease;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.renewEvery = renewEvery;
        this.nextStep = nanoTime.getAsLong();
    }

    /** Acquires or renews the lease if it is time to. A store that cannot be asked is a {@link #failure}, not an exception. */
    public synchronized void step() {
        if (!untilNextStep().isZero()) {
            return;
        }
        try {
            Term current = term;
            if (current == null) {
                acquire();
            } else {
                renew(current);
            }
            failure = null;
        } catch (LeaseUnavailableException e) {
            failure = e;
            in(pollEvery());
        }
    }

    private void acquire() {
        long nanos = nanoTime.getAsLong();
        Instant now = clock.instant();
        Optional<HeldLease> held = lease.tryAcquire();
        if (held.isPresent()) {
            enter(held.get(), nanos, now);
        } else {
            in(pollEvery());
        }
    }

    private void renew(Term current) {
        long nanos = nanoTime.getAsLong();
        Instant now = clock.instant();
        if (current.held().renew()) {
            enter(current.held(), nanos, now);
        } else {
            term = null;
            in(Duration.ZERO);
        }
    }

    private void enter(HeldLease held, long nanos, Instant now) {
        Duration valid =
                lease.ttl().map(ttl -> ttl.minus(ttl.dividedBy(MARGINS))).orElse(null);
        term = new Term(held, valid, nanos, now);
        in(renewEvery);
    }

    private void in(Duration pause) {
        nextStep = nanoTime.getAsLong() + pause.toNanos();
    }

    private Duration pollEvery() {
        return lease.ttl()
                .map(ttl -> ttl.dividedBy(POLLS))
                .map(poll -> poll.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : poll)
                .orElse(POLL_WITHOUT_TTL);
    }

    /** How long until {@link #step} has something to do; zero if it has now. */
    public Duration untilNextStep() {
        return Duration.ofNanos(Math.max(0, nextStep - nanoTime.getAsLong()));
    }

    /** The fencing token, if the lease is held at this moment. */
    public OptionalLong token() {
        Term current = term;
        return current == null || current.isOver(nanoTime.getAsLong(), clock.instant())
                ? OptionalLong.empty()
                : OptionalLong.of(current.held().token());
    }

    /**
     * How much longer the lease is held if no renewal succeeds any more, zero if it is not; empty if it does not end by
     * itself.
     */
    public Optional<Duration> remaining() {
        Term current = term;
        if (current == null) {
            return Optional.of(Duration.ZERO);
        }
        Duration length = current.length();
        if (length == null) {
            return Optional.empty();
        }
        Duration byNanos = length.minusNanos(nanoTime.getAsLong() - current.sentNanos());
        Duration byClock = length.minus(Duration.between(current.sent(), clock.instant()));
        Duration left = byNanos.compareTo(byClock) < 0 ? byNanos : byClock;
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    /** Why the last attempt to ask the lease's store failed; empty if it did not. */
    public Optional<LeaseUnavailableException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Gives the lease back if it is held. A later {@link #step} tries to get it again.
     *
     * @throws LeaseUnavailableException if the store could not be told
     */
    public synchronized void release() {
        Term current = term;
        term = null;
        in(pollEvery());
        if (current != null) {
            current.held().release();
        }
    }
}
