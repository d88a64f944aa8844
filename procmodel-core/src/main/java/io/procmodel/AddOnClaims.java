package io.procmodel;

import io.procmodel.addon.AddOnBusyException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Which add-ons are being ordered, changed or given back by this platform. Nobody waits for a claim, because the provider
 * that is asked meanwhile may be waiting for whoever would. Thread-safe.
 */
final class AddOnClaims {
    /** What becomes of an add-on that is being ordered. */
    static final String ORDERED = "ordered";

    private final Map<String, String> held = new HashMap<>();

    /**
     * Runs {@code action} as the only one for that add-on.
     *
     * @param doing what becomes of the add-on, as in {@code it is being ordered}
     * @throws AddOnBusyException if another one is under way
     */
    <T> T claimed(String addOn, String doing, Supplier<T> action) {
        take(addOn, doing);
        try {
            return action.get();
        } finally {
            release(addOn);
        }
    }

    synchronized void take(String addOn, String doing) {
        String other = held.putIfAbsent(addOn, doing);
        if (other != null) {
            throw new AddOnBusyException(addOn, other);
        }
    }

    synchronized void release(String addOn) {
        held.remove(addOn);
    }

    synchronized boolean isBeingOrdered(String addOn) {
        return ORDERED.equals(held.get(addOn));
    }
}
