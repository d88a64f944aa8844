package io.procmodel.scheduler;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import io.procmodel.lease.FileLease;
import io.procmodel.lease.InMemoryLease;
import io.procmodel.lease.Lease;
import io.procmodel.scheduler.ledger.FileRunLedger;
import io.procmodel.scheduler.ledger.History;
import io.procmodel.scheduler.ledger.HostName;
import io.procmodel.scheduler.ledger.InMemoryRunLedger;
import io.procmodel.scheduler.ledger.RunLedger;
import io.procmodel.thread.NamedThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Collects what a scheduler needs and starts it. Not thread-safe. */
public final class ClockSchedulerBuilder {
    private static final int CALLBACK_THREADS = 32;
    private static final int WAITING_CALLBACKS = 100_000;
    private static final Duration GRACE = Duration.ofSeconds(40);

    private @Nullable Lease lease;
    private @Nullable RunLedger ledger;
    private InstantSource clock = InstantSource.system();
    private LongSupplier nanoTime = System::nanoTime;
    private Random random = new Random();
    private @Nullable Executor callbacks;
    private Duration patience = Duration.ofSeconds(10);
    private Consumer<? super SchedulerEvent> listener = event -> {};

    ClockSchedulerBuilder() {}

    /** Who fires: of all schedulers with the same lease, one. Required. */
    public ClockSchedulerBuilder lease(Lease lease) {
        this.lease = requireNonNull(lease, "lease");
        return this;
    }

    /**
     * Where runs are claimed, the same for all schedulers with the same lease. With a {@link FileLease} the default is a
     * {@link FileRunLedger} beside the lease's file, named like it with {@code .runs} at the end; with an
     * {@link InMemoryLease} it is in memory; otherwise it is required. The scheduler does not close a ledger that it was
     * given.
     */
    public ClockSchedulerBuilder ledger(RunLedger ledger) {
        this.ledger = requireNonNull(ledger, "ledger");
        return this;
    }

    /** The wall clock; the system's by default. */
    public ClockSchedulerBuilder clock(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /** The monotonic clock in nanoseconds; {@link System#nanoTime} by default. */
    public ClockSchedulerBuilder nanoTime(LongSupplier nanoTime) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
        return this;
    }

    /** Tells schedulers of one process apart in their ledger; seeded by the system by default. */
    public ClockSchedulerBuilder random(Random random) {
        this.random = requireNonNull(random, "random");
        return this;
    }

    /** Where callbacks run; 32 threads of the scheduler's own by default. The scheduler does not close what it was given. */
    public ClockSchedulerBuilder callbacks(Executor callbacks) {
        this.callbacks = requireNonNull(callbacks, "callbacks");
        return this;
    }

    /**
     * How long {@link ClockScheduler#close} lets runs go on before it stops them; 10 s by default.
     *
     * @throws InvalidValueException if it is negative
     */
    public ClockSchedulerBuilder closePatience(Duration patience) {
        if (patience.isNegative()) {
            throw new InvalidValueException("close patience", patience.toString(), "not negative");
        }
        this.patience = patience;
        return this;
    }

    /** Told what happens, on the clock thread: it must be quick. */
    public ClockSchedulerBuilder listener(Consumer<? super SchedulerEvent> listener) {
        this.listener = requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Starts the scheduler. It tries to get the lease from now on.
     *
     * @throws IllegalStateException if no lease was given, or no ledger for a lease that has no default
     * @throws io.procmodel.scheduler.ledger.RunLedgerInUseException if the ledger is beside the lease's file and this
     *     process has another scheduler on it
     * @throws io.procmodel.scheduler.ledger.RunLedgerDamagedException if that ledger is no ledger
     * @throws io.procmodel.scheduler.ledger.RunLedgerUnavailableException if it cannot be read or written
     */
    public ClockScheduler start() {
        return build().started();
    }

    /** The scheduler without its thread running. */
    ClockScheduler build() {
        if (lease == null) {
            throw new IllegalStateException("lease: not set (expected: a Lease, with lease(FileLease.at(path)))");
        }
        RunLedger own = ledger == null ? defaultLedger(lease) : null;
        RunLedger used = own == null ? requireNonNull(ledger) : own;
        ThreadPoolExecutor pool = callbacks == null ? callbackThreads() : null;
        Runnable closing = () -> {
            if (pool != null) {
                pool.shutdownNow();
            }
            if (own != null) {
                own.close();
            }
        };
        Executor executor = pool == null ? requireNonNull(callbacks) : pool;
        String host = HostName.of(random.nextInt() & 0xffff_ffffL);
        return new ClockScheduler(
                new ClockSettings(lease, used, host, clock, nanoTime, listener),
                new ClockResources(executor, patience, GRACE, closing));
    }

    private RunLedger defaultLedger(Lease given) {
        if (given instanceof FileLease file) {
            Path beside = file.file().resolveSibling(file.file().getFileName() + ".runs");
            return FileRunLedger.at(beside, History.DEFAULT, clock);
        }
        if (given instanceof InMemoryLease) {
            return new InMemoryRunLedger(clock, History.DEFAULT);
        }
        throw new IllegalStateException(
                "ledger: not set (expected: the RunLedger that all hosts of " + given + " share)");
    }

    private static ThreadPoolExecutor callbackThreads() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                CALLBACK_THREADS,
                CALLBACK_THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_CALLBACKS),
                new NamedThreads("procmodel-clock-callback"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
