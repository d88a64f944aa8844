package io.procmodel.config;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * The keys by which two {@link ConfigVars} differ, without any value. Immutable.
 *
 * @param added keys that only the newer one has, in its order
 * @param removed keys that only the older one has, in its order
 * @param changed keys that both have with different values, in the newer one's order
 */
public record ConfigDiff(List<String> added, List<String> removed, List<String> changed) {
    /** Copies the lists. */
    public ConfigDiff {
        added = ImmutableList.copyOf(added);
        removed = ImmutableList.copyOf(removed);
        changed = ImmutableList.copyOf(changed);
    }

    /** Whether both sides hold the same keys and values. */
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }
}
