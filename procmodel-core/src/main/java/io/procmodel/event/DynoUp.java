package io.procmodel.event;

import io.procmodel.dyno.DynoName;
import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * A dyno is up: it runs, and a web dyno accepts connections.
 *
 * @param app the app
 * @param dyno the dyno's name
 * @param release the release that it runs
 * @param at when
 */
public record DynoUp(AppName app, DynoName dyno, int release, Instant at) implements DynoEvent {}
