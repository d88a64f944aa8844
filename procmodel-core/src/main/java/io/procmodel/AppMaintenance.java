package io.procmodel;

/**
 * Maintenance mode, what {@code heroku maintenance} is about: every request is answered with the maintenance page, while
 * dynos go on running (Heroku: PIPE-16 to PIPE-18). It survives restarts and makes no release. Thread-safe.
 */
public final class AppMaintenance {
    private final FrontDesk desk;

    AppMaintenance(FrontDesk desk) {
        this.desk = desk;
    }

    /** Turns it on; durable when this returns. */
    public void on() {
        desk.maintenance(true);
    }

    /** Turns it off; durable when this returns. */
    public void off() {
        desk.maintenance(false);
    }

    /** Whether it is on. */
    public boolean isOn() {
        return desk.frontage().maintenance();
    }
}
