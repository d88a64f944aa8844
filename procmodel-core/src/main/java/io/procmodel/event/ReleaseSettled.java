package io.procmodel.event;

import io.procmodel.name.AppName;
import java.time.Instant;

/**
 * The release command of a release came to its end (Heroku: REL-14).
 *
 * @param app the app
 * @param version the release's version
 * @param succeeded whether the release stands; if not, the dynos stay on the one before
 * @param at when
 */
public record ReleaseSettled(AppName app, int version, boolean succeeded, Instant at) implements AppEvent {}
