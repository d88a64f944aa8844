package io.procmodel.logplex;

import static java.util.Objects.requireNonNull;

import io.procmodel.log.LogEntry;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A reactive subscriber as the reader of a tail: told as many lines as it has requested. Thread-safe. */
final class TailSubscription implements Flow.Subscription, TailReader {
    private final Flow.Subscriber<? super LogEntry> subscriber;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Tail tail;
    private @Nullable IllegalArgumentException mistake;
    private long demand;
    private boolean cancelled;

    private TailSubscription(Flow.Subscriber<? super LogEntry> subscriber) {
        this.subscriber = subscriber;
    }

    /** Subscribes, with a tail that is opened for the new subscription. */
    static void start(Flow.Subscriber<? super LogEntry> subscriber, Function<TailReader, Tail> tails) {
        TailSubscription subscription = new TailSubscription(requireNonNull(subscriber, "subscriber"));
        Tail tail = tails.apply(subscription);
        subscription.tail = tail;
        subscriber.onSubscribe(subscription);
        tail.start();
    }

    @Override
    public void request(long lines) {
        lock.lock();
        try {
            if (lines <= 0) {
                mistake = new IllegalArgumentException("requested lines: " + lines + " (expected: 1 or more)");
            } else {
                demand = demand + lines < 0 ? Long.MAX_VALUE : demand + lines;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (lines <= 0) {
            requireNonNull(tail).end();
        }
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            cancelled = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        requireNonNull(tail).end();
    }

    @Override
    public LogListener listener() {
        return this::tell;
    }

    @Override
    public void awaitDemand() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (demand == 0 && !cancelled && mistake == null) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void ended() {
        IllegalArgumentException error;
        lock.lock();
        try {
            if (cancelled) {
                return;
            }
            error = mistake;
        } finally {
            lock.unlock();
        }
        if (error != null) {
            subscriber.onError(error);
        } else {
            subscriber.onComplete();
        }
    }

    private void tell(LogEntry entry) {
        lock.lock();
        try {
            demand -= demand == Long.MAX_VALUE ? 0 : 1;
        } finally {
            lock.unlock();
        }
        subscriber.onNext(entry);
    }
}
