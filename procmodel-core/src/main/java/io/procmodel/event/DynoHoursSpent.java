package io.procmodel.event;

import io.procmodel.name.AppName;
import java.time.Instant;
import java.time.YearMonth;

/**
 * An app has used up its dyno hours of a month; what follows is for its {@link io.procmodel.policy.HoursPolicy} to say.
 *
 * @param app the app
 * @param month the month, in UTC
 * @param at when
 */
public record DynoHoursSpent(AppName app, YearMonth month, Instant at) implements AppEvent {}
