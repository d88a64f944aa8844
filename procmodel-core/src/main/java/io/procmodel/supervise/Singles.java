package io.procmodel.supervise;

import com.google.common.collect.ImmutableMap;
import io.procmodel.dyno.DynoName;
import java.util.HashMap;
import java.util.Map;

/**
 * The process types of which one dyno lives at a time over all hosts, and whether this host holds the lease.
 *
 * @param held whether the lease is held, by process type
 */
record Singles(Map<String, Boolean> held) {
    static final Singles NONE = new Singles(ImmutableMap.of());

    Singles {
        held = ImmutableMap.copyOf(held);
    }

    Singles with(String type, boolean isHeld) {
        Map<String, Boolean> changed = new HashMap<>(held);
        changed.put(type, isHeld);
        return new Singles(changed);
    }

    Singles without(String type) {
        Map<String, Boolean> changed = new HashMap<>(held);
        changed.remove(type);
        return new Singles(changed);
    }

    boolean contains(String type) {
        return held.containsKey(type);
    }

    boolean isSingle(DynoName name) {
        return contains(name.processType());
    }

    /** Whether a dyno of that name may have a process: an ordinary one, or the first of a singleton with its lease. */
    boolean mayRun(DynoName name) {
        Boolean lease = held.get(name.processType());
        return lease == null || (lease && name.number() == 1);
    }
}
