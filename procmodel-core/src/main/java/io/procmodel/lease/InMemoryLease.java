package io.procmodel.lease;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A lease within one JVM, on a clock that a test can tick. All who share it share this object. Thread-safe. */
public final class InMemoryLease implements Lease {
    private final String name;
    private final Duration ttl;
    private final InstantSource clock;
    private @Nullable Held holder;
    private Instant expiry = Instant.MIN;
    private long tokens;

    private InMemoryLease(String name, Duration ttl, InstantSource clock) {
        this.name = requireNonNull(name, "name");
        this.ttl = ttl;
        this.clock = requireNonNull(clock, "clock");
        if (ttl.isNegative() || ttl.isZero()) {
            throw new InvalidValueException("lease time to live", ttl.toString(), "more than zero");
        }
    }

    /**
     * A lease that nobody has yet.
     *
     * @param name what error messages call it
     * @param ttl how long a silent holder keeps it
     * @param clock what time it is
     * @throws InvalidValueException if {@code ttl} is not more than zero
     */
    public static InMemoryLease of(String name, Duration ttl, InstantSource clock) {
        return new InMemoryLease(name, ttl, clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Duration> ttl() {
        return Optional.of(ttl);
    }

    @Override
    public synchronized Optional<HeldLease> tryAcquire() {
        Instant now = clock.instant();
        if (holder != null && now.isBefore(expiry)) {
            return Optional.empty();
        }
        Held next = new Held(++tokens);
        holder = next;
        expiry = now.plus(ttl);
        return Optional.of(next);
    }

    private synchronized boolean renew(Held asking) {
        if (holder != asking) {
            return false;
        }
        expiry = clock.instant().plus(ttl);
        return true;
    }

    private synchronized void release(Held asking) {
        if (holder == asking) {
            holder = null;
        }
    }

    @Override
    public String toString() {
        return "lease " + name;
    }

    private final class Held implements HeldLease {
        private final long token;

        Held(long token) {
            this.token = token;
        }

        @Override
        public long token() {
            return token;
        }

        @Override
        public boolean renew() {
            return InMemoryLease.this.renew(this);
        }

        @Override
        public void release() {
            InMemoryLease.this.release(this);
        }
    }
}
