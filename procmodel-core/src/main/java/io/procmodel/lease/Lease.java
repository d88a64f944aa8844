package io.procmodel.lease;

import java.time.Duration;
import java.util.Optional;

/**
 * A right that at most one holder has at a time, for example to be the clock. The seam between one machine and many:
 * {@link FileLease} serves the JVMs of one machine, {@code JdbcLease} of procmodel-jdbc all that share a database.
 *
 * <p>A holder can be paused for longer than its lease lasts and not notice. So each change of holder has a higher
 * {@linkplain HeldLease#token() fencing token}, and whatever must never be touched by a former holder checks it.
 *
 * <p>Implementations are thread-safe and pass {@code LeaseContract}, which is in this module's test jar.
 */
public interface Lease {
    /** What error messages call it. */
    String name();

    /**
     * How long a holder keeps it after it was last heard of; empty if a holder has it until it gives it back or its process
     * ends, and never by silence.
     */
    Optional<Duration> ttl();

    /**
     * Takes the lease if nobody has it; does not wait for another holder.
     *
     * @return empty if somebody has it
     * @throws LeaseUnavailableException if whoever keeps it could not be asked
     */
    Optional<HeldLease> tryAcquire();
}
