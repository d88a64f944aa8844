package io.procmodel.event;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.name.AppName;
import java.time.Instant;
import java.util.Optional;

/**
 * A dyno ended without being asked to (Heroku: DYN-17); it is started again as its restart policy says.
 *
 * @param app the app
 * @param dyno the dyno's name
 * @param exit how its main process ended
 * @param crashes how often it has crashed in a row, from 1
 * @param nextStart when it is started again; empty if the restart policy leaves it down, or another
 *     instance of the name is alive
 * @param at when
 */
public record DynoCrashed(AppName app, DynoName dyno, Exit exit, int crashes, Optional<Instant> nextStart, Instant at)
        implements DynoEvent {}
