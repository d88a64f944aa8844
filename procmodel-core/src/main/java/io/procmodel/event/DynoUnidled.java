package io.procmodel.event;

import io.procmodel.dyno.DynoName;
import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * A sleeping dyno was woken and is about to be started.
 *
 * @param app the app
 * @param dyno the dyno's name
 * @param at when
 */
public record DynoUnidled(AppName app, DynoName dyno, Instant at) implements DynoEvent {}
