package io.procmodel.dyno;

import java.util.Locale;

/** Where a dyno is in its life (Heroku: DYN-5 to DYN-7). {@link #toString()} is Heroku's lower-case word. */
public enum DynoState {
    /** Its process is being started, or a web dyno's port does not accept connections yet. */
    STARTING,
    /** It runs; a web dyno accepts connections on its port. */
    UP,
    /** Its process ended without being asked to, whatever the exit status (DYN-17); it will be started again. */
    CRASHED,
    /** It was asked to stop and still has processes. */
    STOPPING,
    /** A one-off dyno that has ended, whatever the exit status (DYN-8). */
    COMPLETE,
    /** Its app had no requests, so it was stopped; the next request starts it again (Heroku: DYN-86). */
    IDLE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
