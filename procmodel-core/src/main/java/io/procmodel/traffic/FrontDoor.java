package io.procmodel.traffic;

import io.procmodel.name.AppName;
import java.time.Duration;
import java.util.Optional;

/**
 * Who sends the requests of clients to web dynos. The platform tells it which dynos there are, asks it to send no more
 * requests to a dyno before that dyno is stopped, and asks how long an app has had none before the app is put to sleep.
 *
 * <p>All calls come from one thread of the platform, one after another, and must return at once.
 */
public interface FrontDoor {
    /** Takes the whole new state of an app's web dynos; it replaces what was told before. */
    void changed(WebState state);

    /**
     * Sends no more requests to a dyno, which is no longer {@code up} in the last {@link WebState}, and reports when the
     * last one under way has ended.
     *
     * @param app the app
     * @param instance the dyno's {@link WebDyno#instance}
     * @param drained to be run once, on any thread; at the latest after {@link #drainLimit} the platform goes on without it
     */
    void drain(AppName app, long instance, Runnable drained);

    /**
     * For how long an app has had no request in flight or waiting and no open tunnel; empty while it has one. Of an app that
     * never had one, the time since this front door was opened.
     */
    Optional<Duration> idleFor(AppName app);

    /** How long a dyno that is to be stopped may go on with the requests that it has. */
    Duration drainLimit();
}
