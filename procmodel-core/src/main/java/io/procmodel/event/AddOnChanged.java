package io.procmodel.event;

import io.procmodel.addon.AddOnState;
import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * An add-on came to a state, or its plan or config vars changed.
 *
 * @param app the app that owns it
 * @param addOn its name
 * @param plan its service and plan
 * @param state its state from here on
 * @param at when
 */
public record AddOnChanged(AppName app, String addOn, String plan, AddOnState state, Instant at) implements AppEvent {}
