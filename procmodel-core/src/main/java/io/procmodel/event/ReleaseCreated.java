package io.procmodel.event;

import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * A release is durable in the ledger; dynos will follow.
 *
 * @param app the app
 * @param version the release's version
 * @param description Heroku's text, such as {@code Set GREETING config vars}
 * @param at when
 */
public record ReleaseCreated(AppName app, int version, String description, Instant at) implements AppEvent {}
