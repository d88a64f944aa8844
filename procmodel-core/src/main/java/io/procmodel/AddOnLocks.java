package io.procmodel;

import io.procmodel.addon.ProviderCallbackException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One lock per add-on, there as long as somebody has it or waits for it. Thread-safe. */
final class AddOnLocks {
    private final Map<String, Counted> locks = new HashMap<>();

    private static final class Counted {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    /**
     * Runs {@code action} as the only one for that add-on.
     *
     * @throws ProviderCallbackException if this thread is inside of such an action already, so that a provider that is being
     *     asked cannot change what its answer is about to decide
     */
    <T> T locked(String addOn, Supplier<T> action) {
        Counted counted = enter(addOn);
        try {
            if (counted.lock.isHeldByCurrentThread()) {
                throw new ProviderCallbackException(addOn);
            }
            counted.lock.lock();
            try {
                return action.get();
            } finally {
                counted.lock.unlock();
            }
        } finally {
            leave(addOn, counted);
        }
    }

    private synchronized Counted enter(String addOn) {
        Counted counted = locks.computeIfAbsent(addOn, name -> new Counted());
        counted.users++;
        return counted;
    }

    private synchronized void leave(String addOn, Counted counted) {
        counted.users--;
        if (counted.users == 0) {
            locks.remove(addOn);
        }
    }
}
