package io.procmodel.event;

import io.procmodel.dyno.DynoName;
import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * A dyno was put to sleep because its app had no requests, or no dyno hours left; its process is about to be stopped.
 *
 * @param app the app
 * @param dyno the dyno's name
 * @param at when
 */
public record DynoIdled(AppName app, DynoName dyno, Instant at) implements DynoEvent {}
