package io.procmodel.scheduler;

import io.procmodel.lease.Lease;
import io.procmodel.scheduler.ledger.RunLedger;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What a scheduler works with.
 *
 * @param lease who fires
 * @param ledger what has run
 * @param host this scheduler's name in the ledger
 * @param clock the wall clock
 * @param nanoTime the monotonic clock
 * @param listener told what happens
 */
record ClockSettings(
        Lease lease,
        RunLedger ledger,
        String host,
        InstantSource clock,
        LongSupplier nanoTime,
        Consumer<? super SchedulerEvent> listener) {}
