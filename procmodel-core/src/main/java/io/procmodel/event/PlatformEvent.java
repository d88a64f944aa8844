package io.procmodel.event;

import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * Something that happened to an app. Events of one dyno arrive in order; they never hold the value of a config var.
 */
public sealed interface PlatformEvent permits AppEvent, DynoEvent {
    /** The app it happened to. */
    AppName app();

    /** When it was decided. */
    Instant at();
}
