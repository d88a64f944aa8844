package io.procmodel.event;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * A one-off dyno is gone, by itself or because it was stopped; it is not started again (Heroku: DYN-8, DYN-18).
 *
 * @param app the app
 * @param dyno the dyno's name
 * @param exit how its main process ended
 * @param at when
 */
public record DynoCompleted(AppName app, DynoName dyno, Exit exit, Instant at) implements DynoEvent {}
