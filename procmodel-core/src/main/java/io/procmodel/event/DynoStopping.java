package io.procmodel.event;

import io.procmodel.dyno.DynoName;
import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * A dyno was asked to stop: every process of it has been sent SIGTERM, or soon will be.
 *
 * @param app the app
 * @param dyno the dyno's name
 * @param at when
 */
public record DynoStopping(AppName app, DynoName dyno, Instant at) implements DynoEvent {}
