package io.procmodel.event;

import io.procmodel.dyno.DynoName;
import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * A dyno is being started.
 *
 * @param app the app
 * @param dyno the dyno's name
 * @param release the release that it will run
 * @param at when
 */
public record DynoStarting(AppName app, DynoName dyno, int release, Instant at) implements DynoEvent {}
