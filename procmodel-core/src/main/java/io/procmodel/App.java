package io.procmodel;

import static java.util.Objects.requireNonNull;

import io.procmodel.build.BuildOutput;
import io.procmodel.build.BuildResult;
import io.procmodel.build.Source;
import io.procmodel.name.AppName;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDescriptions;
import io.procmodel.slug.Slug;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One app of a platform: what is built, released and run under one name. Thread-safe. A method that changes the app returns
 * when the change is durable and decided; waiting for dynos is a call of its own, {@link AppDynos#awaitUp}.
 */
public final class App {
    private final AppName name;
    private final AppContext context;
    private final ReleaseDesk desk;
    private final BuildDesk builder;
    private final AppBuildpacks buildpacks;
    private final AppConfig config;
    private final AppReleases releases;
    private final AppFormation formation;
    private final AppAddOns addOns;
    private final AppDynos dynos;
    private final DynoManager manager;
    private final FrontDesk frontDesk;

    App(
            AppName name,
            AppContext context,
            ReleaseDesk desk,
            AddOnDesk addOns,
            BuildDesk builder,
            DynoManager manager,
            Supplier<List<AppName>> apps) {
        this.name = name;
        this.context = context;
        this.desk = desk;
        this.builder = builder;
        this.buildpacks = new AppBuildpacks(name, context);
        this.config = new AppConfig(desk);
        this.releases = new AppReleases(desk, new ReleaseDiffs(context.slugs()), new PinnedReleases(name, context));
        this.formation = new AppFormation(desk);
        this.addOns = new AppAddOns(addOns, desk);
        this.manager = manager;
        this.frontDesk = new FrontDesk(name, context, desk, manager, apps);
        this.dynos = new AppDynos(name, context, manager);
    }

    /** Takes up what other hosts did to it. */
    void refresh() {
        desk.refresh();
        frontDesk.refresh();
    }

    /** The app's name. */
    public AppName name() {
        return name;
    }

    /** Its config vars, what {@code heroku config} is about. */
    public AppConfig config() {
        return config;
    }

    /** Its history, what {@code heroku releases} is about. */
    public AppReleases releases() {
        return releases;
    }

    /** Its host names, what {@code heroku domains} is about. */
    public AppDomains domains() {
        return new AppDomains(frontDesk);
    }

    /** Its maintenance mode, what {@code heroku maintenance} is about. */
    public AppMaintenance maintenance() {
        return new AppMaintenance(frontDesk);
    }

    /** Its dyno hours of this month and the last ones, counted until now. */
    public AppUsage usage() {
        return manager.usage();
    }

    /** Its add-ons, what {@code heroku addons} is about. */
    public AppAddOns addOns() {
        return addOns;
    }

    /** How many dynos it has, what {@code heroku ps:scale} is about. */
    public AppFormation formation() {
        return formation;
    }

    /** The dynos themselves, what {@code heroku ps} is about. */
    public AppDynos dynos() {
        return dynos;
    }

    /** The buildpacks that build it, what {@code heroku buildpacks} is about. */
    public AppBuildpacks buildpacks() {
        return buildpacks;
    }

    /** The builds under way, what {@code heroku builds} is about. */
    public AppBuilds builds() {
        return new AppBuilds(builder);
    }

    /**
     * Builds a source and releases the slug; every dyno restarts on it. On the first deploy {@code web} gets one dyno and
     * every other process type none (Heroku: FRM-3). Blocks for the time of the build, whose output goes to the app's log.
     *
     * @throws io.procmodel.build.BuildException if the build fails; nothing has changed then
     */
    public Release deploy(Source source) {
        return deploy(source, BuildOutput.discarding());
    }

    /** Builds a source and releases the slug as {@link #deploy(Source)} does, and hands on each line of the build. */
    public Release deploy(Source source, BuildOutput output) {
        return deploy(source, output, context.user());
    }

    /**
     * Builds a source and releases the slug as {@link #deploy(Source, BuildOutput)} does, in somebody's name: the release and
     * the log name them instead of the platform's user.
     *
     * @throws io.procmodel.error.InvalidValueException if {@code user} is blank or not one line of text
     */
    public Release deploy(Source source, BuildOutput output, String user) {
        PlatformBuilder.requireUser(user);
        BuildResult result = run(source, output, user);
        FirstDeploy first = new FirstDeploy(result.release());
        if (desk.newest().slug().isEmpty()) {
            first.orderAddOns(addOns, output);
        }
        Release release = desk.release(
                draft -> first.applyTo(draft).slug(result.slug()).author(user),
                ReleaseDescriptions.deploy(result.slug().digest()));
        buildpacks.remember(result.buildpack());
        return release;
    }

    /**
     * Builds a source without releasing it. Blocks for the time of the build, whose output goes to the app's log; a build of
     * the app that is under way is waited for, because they share a cache.
     *
     * @throws io.procmodel.build.BuildException if the build fails
     */
    public Slug build(Source source) {
        return build(source, BuildOutput.discarding());
    }

    /** Builds a source as {@link #build(Source)} does, and hands on each line of the build. */
    public Slug build(Source source, BuildOutput output) {
        return run(source, output, context.user()).slug();
    }

    private BuildResult run(Source source, BuildOutput output, String user) {
        requireNonNull(source, "source");
        requireNonNull(output, "output");
        desk.requireOpen("build");
        return builder.build(source, config.vars(), buildpacks.resolved(), output, user);
    }

    /**
     * Releases the slug of another app's release, as {@code staging.releases().current().slug()} gives it.
     *
     * @throws NothingDeployedException if that release has none
     */
    public Release release(Optional<Slug> slug) {
        return release(slug.orElseThrow(() -> new NothingDeployedException(name, "the release to take it from")));
    }

    /** Releases a slug that was built here or for another app of the platform; every dyno restarts on it. */
    public Release release(Slug slug) {
        requireNonNull(slug, "slug");
        return desk.release(draft -> draft.slug(slug), ReleaseDescriptions.deploy(slug.digest()));
    }

    /**
     * Describes a one-off dyno, what {@code heroku run} is about; nothing is started yet.
     *
     * @param command a command for a shell, or the name of a process type and further words for its command (PROC-25)
     * @throws io.procmodel.error.InvalidValueException if the command is blank or holds NUL
     */
    public OneOffCommand run(String command) {
        return new OneOffCommand(new OneOffDesk(context, desk, manager), command);
    }

    /**
     * Wakes the app if it sleeps, and counts as a request of it; for hosts whose requests do not come through the router.
     * Returns when it is decided; {@link AppDynos#awaitUp} waits for the dynos. Of an app whose dyno hours are used up
     * nothing starts.
     */
    public void wake() {
        desk.requireOpen("wake");
        manager.wake().join();
    }

    /** Releases the slug of another app's release here (Heroku: PIPE-3). */
    Release promoted(AppName source, Release release) {
        Slug slug = release.slug().orElseThrow();
        return desk.release(draft -> draft.slug(slug), ReleaseDescriptions.promote(source, release, slug.digest()));
    }

    @Override
    public String toString() {
        return name.value();
    }
}
