package io.procmodel;

import io.procmodel.build.SlugBuilder;
import io.procmodel.formation.DynoSizes;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSink;
import io.procmodel.log.LogSource;
import io.procmodel.log.RecentLines;
import io.procmodel.name.AppName;
import io.procmodel.slug.SlugStore;
import io.procmodel.state.AppStateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What an app shares with its platform.
 *
 * @param logs where lines go, {@code recent} included
 * @param recent the last lines of each dyno, for error messages
 * @param subscribers told what happens
 * @param doors who sends requests to web dynos
 * @param builder turns sources into slugs
 * @param buildpacks those that an app can set
 * @param buildCaches where the builds of an app keep what the next one can use
 * @param fetchedBuildpacks where an app keeps what its buildpacks were fetched with
 * @param slugs where slugs are
 * @param sizes how big dynos may be
 * @param states where apps keep what they have besides releases
 * @param clock what time it is
 * @param user who makes the changes
 * @param stopLimit how long stopping every dyno may take, grace and kill together
 * @param lifeSign until when the last platform of this home lived
 */
record AppContext(
        LogSink logs,
        RecentLines recent,
        Subscribers subscribers,
        Doors doors,
        SlugBuilder builder,
        KnownBuildpacks buildpacks,
        Function<AppName, Path> buildCaches,
        Function<AppName, Path> fetchedBuildpacks,
        SlugStore slugs,
        DynoSizes sizes,
        AppStateStore states,
        InstantSource clock,
        String user,
        Duration stopLimit,
        LifeSign lifeSign) {

    /** Writes an {@code app[api]} line of what somebody did (Heroku: LOG-10). */
    void say(AppName app, String text) {
        say(app, text, user);
    }

    /** Writes an {@code app[api]} line of what somebody else did. */
    void say(AppName app, String text, String actor) {
        try (LogSource source = logs.open(app, LogOrigin.api())) {
            source.line(text + " by user " + actor);
        }
    }

    /** Writes an {@code app[api]} line of what became of something, without a user (Heroku: LOG-10). */
    void state(AppName app, String text) {
        try (LogSource source = logs.open(app, LogOrigin.api())) {
            source.line(text);
        }
    }
}
