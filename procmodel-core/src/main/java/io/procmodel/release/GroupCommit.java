package io.procmodel.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets many writers share one sync. Each decides what to write under the lock; then one of them, whoever finds nobody
 * writing, writes for all that have decided meanwhile, outside the lock.
 *
 * @param <T> what is written
 */
final class GroupCommit<T> {
    /** Where it is written. */
    interface Store<T> {
        /**
         * Makes a batch durable, or throws and leaves nothing of it. Outside the lock, one batch at a time.
         *
         * @return what makes the batch visible to readers; it is run under the lock
         */
        Runnable write(List<T> batch) throws IOException;

        /** Forgets everything that was decided and is not durable. Under the lock. */
        void forget();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Store<T> store;
    private Batch<T> open = new Batch<>(lock.newCondition());
    private @Nullable Batch<T> written;

    GroupCommit(Store<T> store) {
        this.store = store;
    }

    /** Runs {@code action} under the lock. */
    <R> R locked(Supplier<R> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Decides under the lock, then returns what was decided when it is durable. Waits without reacting to interrupts.
     *
     * @throws WriteFailure if it is not durable
     */
    T submit(Supplier<T> decision) throws WriteFailure {
        lock.lock();
        try {
            T item = decision.get();
            Batch<T> batch = open;
            batch.items.add(item);
            while (!batch.settled) {
                if (written == null) {
                    writeOpenBatch();
                } else {
                    batch.turn.awaitUninterruptibly();
                }
            }
            if (batch.failure != null) {
                throw new WriteFailure(batch.failure);
            }
            return item;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything that was decided is durable or has failed. The caller makes sure that nothing new comes. */
    void drain() {
        lock.lock();
        try {
            while (written != null || !open.items.isEmpty()) {
                if (written == null) {
                    writeOpenBatch();
                } else {
                    written.turn.awaitUninterruptibly();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void writeOpenBatch() {
        Batch<T> batch = open;
        open = new Batch<>(lock.newCondition());
        written = batch;
        Throwable failure = null;
        Runnable publication = () -> {};
        lock.unlock();
        try {
            publication = store.write(batch.items);
        } catch (Throwable e) {
            failure = e;
        } finally {
            lock.lock();
            written = null;
        }
        if (failure == null) {
            publication.run();
            batch.settle(null);
            open.turn.signal();
        } else {
            failAll(batch, failure);
        }
    }

    /** What was decided on top of a failed batch cannot stand either. */
    private void failAll(Batch<T> batch, Throwable failure) {
        store.forget();
        batch.settle(failure);
        open.settle(failure);
        open = new Batch<>(lock.newCondition());
    }

    /** The writers that share one sync. */
    private static final class Batch<T> {
        private final List<T> items = new ArrayList<>();
        private final Condition turn;
        private boolean settled;
        private @Nullable Throwable failure;

        private Batch(Condition turn) {
            this.turn = turn;
        }

        private void settle(@Nullable Throwable reason) {
            settled = true;
            failure = reason;
            turn.signalAll();
        }
    }

    /** A batch is not durable. */
    static final class WriteFailure extends Exception {
        private static final long serialVersionUID = 1L;

        WriteFailure(Throwable cause) {
            super(cause);
        }

        IOException asIOException() {
            return getCause() instanceof IOException failure ? failure : new IOException(getCause());
        }
    }
}
