package io.procmodel;

/** The builds of an app that are under way, what {@code heroku builds} is about. Thread-safe. */
public final class AppBuilds {
    private final BuildDesk desk;

    AppBuilds(BuildDesk desk) {
        this.desk = desk;
    }

    /**
     * Cancels every build of the app, those that wait for another one too (Heroku: BLD-31). Their callers get a
     * {@link io.procmodel.build.BuildCancelledException} as soon as no process of them is left. Does not wait for that.
     *
     * @return how many there were
     */
    public int cancel() {
        return desk.cancel();
    }

    /**
     * Forgets what earlier builds kept for later ones (Heroku: BLD-15). Waits for a build that is under way.
     *
     * @throws PlatformClosedException if the platform is closed
     */
    public void purgeCache() {
        desk.purgeCache();
    }
}
