package io.procmodel.event;

import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * An app came to life; its first release is durable.
 *
 * @param app the app
 * @param at when
 */
public record AppCreated(AppName app, Instant at) implements AppEvent {}
