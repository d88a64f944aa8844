package io.procmodel.event;

import io.procmodel.dyno.DynoName;
import io.procmodel.name.AppName;
import java.time.Instant;
import java.util.List;

/**
 * Some processes of a dyno had left its process group and outlived it. They have been sent SIGKILL.
 *
 * @param app the app
 * @param dyno the dyno's name
 * @param pids the operating system's ids of those processes
 * @param at when
 */
public record DynoLeaked(AppName app, DynoName dyno, List<Long> pids, Instant at) implements DynoEvent {
    /** Copies the ids. */
    public DynoLeaked {
        pids = List.copyOf(pids);
    }
}
