package io.procmodel.event;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * A dyno that was asked to stop is gone.
 *
 * @param app the app
 * @param dyno the dyno's name
 * @param exit how its main process ended
 * @param at when
 */
public record DynoStopped(AppName app, DynoName dyno, Exit exit, Instant at) implements DynoEvent {}
