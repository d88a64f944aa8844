package io.procmodel.event;

import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * A process type has a size that this host does not define (any more). Its dynos run with the limits of Standard-1X until the
 * type is resized or the host defines the size again. Told when the formation is read, so of an app that was there before only
 * to a listener that was given to the platform's builder.
 *
 * @param app the app
 * @param type the process type
 * @param size the name of the size
 * @param at when
 */
public record DynoSizeUndefined(AppName app, String type, String size, Instant at) implements AppEvent {}
