package io.procmodel.local;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;

/**
 * How one process of a local run ended.
 *
 * @param name the process, as {@code web.1}
 * @param exit how it ended
 * @param askedTo whether it had been asked to stop before
 */
public record LocalExit(DynoName name, Exit exit, boolean askedTo) {
    @Override
    public String toString() {
        return name + ": " + exit + (askedTo ? " when stopped" : "");
    }
}
