package io.procmodel.event;

import io.procmodel.dyno.DynoName;

/** Something that happened to one dyno. */
public sealed interface DynoEvent extends PlatformEvent
        permits DynoStarting,
                DynoUp,
                DynoCrashed,
                DynoStopping,
                DynoStopped,
                DynoCompleted,
                DynoLeaked,
                DynoIdled,
                DynoUnidled,
                RolloutHalted {
    /** The dyno's name. */
    DynoName dyno();
}
