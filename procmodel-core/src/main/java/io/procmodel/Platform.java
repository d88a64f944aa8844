package io.procmodel;

import static java.util.Objects.requireNonNull;

import io.procmodel.build.SlugBuilder;
import io.procmodel.build.Source;
import io.procmodel.error.ProcModelException;
import io.procmodel.event.AppCreated;
import io.procmodel.event.LedgerCut;
import io.procmodel.event.PlatformEvent;
import io.procmodel.log.LogSink;
import io.procmodel.log.RecentLines;
import io.procmodel.name.AppName;
import io.procmodel.policy.AppPolicy;
import io.procmodel.release.LedgerOptions;
import io.procmodel.release.ReleaseDescriptions;
import io.procmodel.release.ReleaseDraft;
import io.procmodel.release.ReleaseLedger;
import io.procmodel.release.ReleaseLedgers;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.DynoRuntime;
import io.procmodel.runtime.Isolation;
import io.procmodel.runtime.local.LocalRuntime;
import io.procmodel.runtime.local.LocalRuntimeBuilder;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugDigest;
import io.procmodel.slug.SlugManifest;
import io.procmodel.slug.SlugStore;
import io.procmodel.supervise.Moments;
import io.procmodel.supervise.SupervisionState;
import io.procmodel.thread.NamedThreads;
import io.procmodel.traffic.FrontDoor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Heroku's process model inside this JVM: apps that are deployed, released, run and watched. Everything durable is in one
 * home directory; opening it again gives the same apps, releases, config vars and formations, and starts the dynos again.
 *
 * <p>Thread-safe. Two platforms with different homes know nothing of each other. {@link #close} stops every dyno; after it
 * no process, thread or temporary file of the platform is left.
 */
public final class Platform implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

    /** On top of the grace: SIGKILL has been sent, and the kernel needs a moment to carry it out. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private static final Duration END_OF_BUILDS = Duration.ofSeconds(20);

    private final Home home;
    private final AppContext context;
    private final Function<AppName, AppPolicy> policies;
    private final ControlThread control;
    private final DynoRuntime runtime;
    private final ReleaseLedgers ledgers;
    private final LedgerOptions ledgerOptions;
    private final AddOnDesk addOnDesk;
    private final ExecutorService recovery = Executors.newSingleThreadExecutor(new NamedThreads("procmodel-add-ons"));
    private final Map<AppName, Entry> apps = new TreeMap<>();
    private final ReentrantLock closing = new ReentrantLock();
    private Optional<Refreshes> refreshes = Optional.empty();
    private boolean closed;
    private boolean gone;

    private record Entry(App app, ReleaseDesk desk, BuildDesk builder, DynoManager manager) {}

    private Platform(Home home, AppContext context, PlatformBuilder options, DynoRuntime runtime) {
        this.home = home;
        this.context = context;
        this.policies = options::policyOf;
        this.control = new ControlThread();
        this.runtime = runtime;
        this.ledgers = options.ledgers().orElseGet(() -> new HomeLedgers(home));
        this.ledgerOptions = new LedgerOptions(options.clock(), options.hostKeys());
        this.addOnDesk = new AddOnDesk(options.addOnProviders(), context, options.random(), new Desks());
    }

    private synchronized List<ReleaseDesk> desks() {
        return apps.values().stream().map(Entry::desk).toList();
    }

    /** The apps, for who changes what several of them have. */
    private final class Desks implements AppDesks {
        @Override
        public List<ReleaseDesk> known() {
            return desks();
        }

        @Override
        public List<ReleaseDesk> every() {
            synchronized (Platform.this) {
                if (ledgers.isShared() && !closed) {
                    takeUp();
                }
                return desks();
            }
        }

        @Override
        public List<AppName> names() {
            return ledgers.apps();
        }
    }

    /** Starts to describe a platform. */
    public static PlatformBuilder builder() {
        return new PlatformBuilder();
    }

    static Platform open(Path directory, PlatformBuilder options) {
        Home home = Home.open(directory);
        Platform platform = null;
        try {
            platform = assemble(home, options);
            platform.resume();
            platform.context.lifeSign().start();
            platform.lookAtOtherHosts(options.refreshEvery());
            return platform;
        } catch (RuntimeException e) {
            if (platform == null) {
                home.close();
            } else {
                platform.close();
            }
            throw e;
        }
    }

    /** The home is the platform's alone: releases and config vars of all apps are in it. */
    private static DynoRuntime openRuntime(Home home, SlugStore slugs, PlatformBuilder options) {
        LocalRuntimeBuilder builder = LocalRuntime.builder(home.dynos(), slugs)
                .hostEnvironment(options.hostEnvironment())
                .random(options.random())
                .hardLimits(options.hardLimits())
                .require(options.required())
                .hide(home.root());
        options.isolation().ifPresent(builder::isolation);
        options.terminals().ifPresent(builder::terminals);
        return builder.open();
    }

    private static Platform assemble(Home home, PlatformBuilder options) {
        SlugStore slugs = options.slugs().orElseGet(() -> FileSlugStore.at(home.slugs()));
        DynoRuntime runtime = openRuntime(home, slugs, options);
        RecentLines recent = new RecentLines();
        KnownBuildpacks buildpacks = new KnownBuildpacks(options.buildpacks(), options.buildpackSources());
        SlugBuilder builder = SlugBuilder.into(slugs, home.builds())
                .withHostEnvironment(options.hostEnvironment())
                .withBuildpacks(buildpacks.inOrder())
                .withStack(options.stack())
                .withTimeLimit(options.buildTimeLimit());
        boolean open = options.isolation().equals(Optional.of(Isolation.NONE));
        AppContext context = new AppContext(
                LogSink.tee(new HostLogs(options.logs()), recent),
                recent,
                options.subscribers(),
                new Doors(),
                open ? builder.withoutAppDirectory() : builder,
                buildpacks,
                home::buildCache,
                home::fetchedBuildpacks,
                slugs,
                options.dynoSizes(),
                options.states(home.apps()),
                options.clock(),
                options.user(),
                Moments.sum(options.longestStopGrace(), AFTER_KILL),
                LifeSign.open(home.lifeSign(), options.clock()));
        return new Platform(home, context, options, runtime);
    }

    private void resume() {
        synchronized (this) {
            for (AppName name : ledgers.apps()) {
                enter(name).desk().resume();
            }
        }
        Instant before = ledgers.isShared()
                ? context.clock().instant().minus(ReleasePhase.LIMIT).minus(ReleasePhase.AFTER_LIMIT)
                : Instant.MAX;
        recovery.execute(() -> addOnDesk.recover(before));
    }

    private Entry enter(AppName name) {
        LedgerOptions noticing = ledgerOptions.onTornTail(tail -> context.subscribers()
                .tell(new LedgerCut(
                        name,
                        tail.offset(),
                        tail.bytes(),
                        tail.lost(),
                        context.clock().instant())));
        ReleaseLedger ledger = new StoredSlugsLedger(ledgers.open(name, noticing), context.slugs());
        DynoManager manager = new DynoManager(name, policies.apply(name), runtime, control, context);
        ReleaseDesk desk = new ReleaseDesk(name, context, ledger, ledgers.isShared(), manager);
        BuildDesk builder = new BuildDesk(name, context);
        App app = new App(name, context, desk, addOnDesk, builder, manager, ledgers::apps);
        Entry entry = new Entry(app, desk, builder, manager);
        apps.put(name, entry);
        manager.introduce();
        return entry;
    }

    /**
     * Creates an app with its first release, v1 {@code Initial release}.
     *
     * @throws io.procmodel.error.InvalidValueException if {@code name} is not an app name (Heroku: PIPE-20)
     * @throws AppExistsException if there is an app of that name
     */
    public App createApp(String name) {
        return createApp(AppName.of(name));
    }

    /**
     * Describes an app that is created from its source, as its {@code app.json} asks for; {@link AppSetup#create} creates it.
     *
     * @throws io.procmodel.error.InvalidValueException if {@code name} is not an app name
     */
    public AppSetup setUp(String name, Source source) {
        return new AppSetup(this, context, AppName.of(name), source);
    }

    /** Creates an app; see {@link #createApp(String)}. */
    public synchronized App createApp(AppName name) {
        requireOpen("create " + name);
        if (apps.containsKey(name)) {
            throw new AppExistsException(name);
        }
        ReleaseDraft first = ReleaseDraft.of(context.user(), ReleaseDescriptions.initial());
        if (!ledgers.create(name, first, ledgerOptions)) {
            throw new AppExistsException(name);
        }
        Entry entry = enter(name);
        context.say(name, ReleaseDescriptions.initial());
        Instant now = context.clock().instant();
        context.subscribers().tell(new AppCreated(name, now));
        return entry.app();
    }

    /**
     * The app of that name.
     *
     * @throws io.procmodel.error.InvalidValueException if {@code name} is not an app name
     * @throws NoSuchAppException if there is no such app
     */
    public synchronized App app(String name) {
        AppName wanted = AppName.of(name);
        Entry entry = apps.get(wanted);
        if (entry == null) {
            throw new NoSuchAppException(wanted, apps.keySet());
        }
        return entry.app();
    }

    /** The app of that name, if there is one. */
    public synchronized Optional<App> findApp(String name) {
        return Optional.ofNullable(apps.get(AppName.of(name))).map(Entry::app);
    }

    /** All apps, by name. */
    public synchronized List<App> apps() {
        return apps.values().stream().map(Entry::app).toList();
    }

    /**
     * Takes up what other hosts that share the ledgers have done since: apps that they created, releases, formations,
     * domains, maintenance. Without it, and without {@link PlatformBuilder#refreshEvery}, a host looks at what the others do before its own next change of
     * the app. Blocks on ledgers and state. An app for which it fails keeps none of the others waiting; its error comes at
     * the end.
     *
     * @throws PlatformClosedException if the platform is closed
     */
    public void refresh() {
        List<Runnable> looks = new ArrayList<>();
        synchronized (this) {
            requireOpen("refresh");
            apps.values().forEach(entry -> looks.add(entry.app()::refresh));
            looks.add(this::takeUp);
        }
        RuntimeException failure = null;
        for (Runnable look : looks) {
            try {
                look.run();
            } catch (ProcModelException e) {
                failure = joined(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException joined(@Nullable RuntimeException before, RuntimeException e) {
        if (before == null) {
            return e;
        }
        before.addSuppressed(e);
        return before;
    }

    /** Enters the apps that other hosts created. */
    private synchronized void takeUp() {
        requireOpen("take up apps");
        for (AppName name : ledgers.apps()) {
            if (!apps.containsKey(name)) {
                enter(name).desk().resume();
            }
        }
    }

    private synchronized void lookAtOtherHosts(Optional<Duration> interval) {
        refreshes = interval.map(every -> Refreshes.start(this::refresh, every));
    }

    /**
     * Has a listener told of everything that happens from now on, in order, on one thread of the platform. A listener that
     * is slow or throws harms nothing; events are dropped, and counted, only when 10,000 wait.
     */
    public Subscription subscribe(Consumer<? super PlatformEvent> listener) {
        return context.subscribers().add(requireNonNull(listener, "listener"));
    }

    /**
     * Attaches a front door, such as a router: it is told of the web dynos of every app from now on, and is asked before
     * one is stopped or put to sleep.
     *
     * @throws PlatformClosedException if the platform is closed
     */
    public synchronized AttachedDoor attach(FrontDoor door) {
        requireOpen("attach a front door");
        context.doors().add(requireNonNull(door, "door"));
        apps.values().forEach(entry -> entry.manager().introduce());
        return new AttachedDoor() {
            @Override
            public void wake(AppName app) {
                context.doors().wake(app);
            }

            @Override
            public void close() {
                detach(door);
            }
        };
    }

    private synchronized void detach(FrontDoor door) {
        context.doors().remove(door);
        apps.values().forEach(entry -> entry.manager().introduce());
    }

    /**
     * Removes the slugs that no release can return to any more, and says which. Deploys and rollbacks may go on at the same
     * time, here and on other hosts that share the ledgers: a slug that they use is kept, or they fail before anything is
     * changed. Blocks on ledgers and store.
     *
     * @throws PlatformClosedException if the platform is closed
     */
    public List<SlugDigest> collectSlugs(SlugRetention retention) {
        requireNonNull(retention, "retention");
        SlugCollector collector = new SlugCollector(context.slugs(), retention);
        synchronized (this) {
            requireOpen("collect slugs");
            apps.values().forEach(entry -> collector.keep(entry.app()));
        }
        return collector.collect();
    }

    /** What a slug holds, and how it differs from another. Blocks on the store. */
    public SlugManifest manifest(Slug slug) {
        return SlugManifest.read(context.slugs(), slug.digest());
    }

    /** How many events no listener saw because 10,000 were waiting already. */
    public long droppedEvents() {
        return context.subscribers().dropped();
    }

    /** How many times a listener threw. */
    public long failedDeliveries() {
        return context.subscribers().failed();
    }

    /**
     * The pipeline of that name, with or without apps.
     *
     * @throws io.procmodel.error.InvalidValueException if it cannot be the name of a pipeline (Heroku: PIPE-2)
     */
    public Pipeline pipeline(String name) {
        return new Pipeline(name, this, new Couplings(context.states()), new ReleaseDiffs(context.slugs()));
    }

    /** What providers of add-ons tell the platform. */
    public PlatformAddOns addOns() {
        return new PlatformAddOns(addOnDesk);
    }

    /** What dynos can rely on, on this machine. */
    public Set<Capability> capabilities() {
        return runtime.capabilities();
    }

    private void requireOpen(String what) {
        if (closed) {
            throw new PlatformClosedException(what);
        }
    }

    /**
     * Stops every dyno with SIGTERM, grace and SIGKILL, and gives everything back. Takes at most the grace and some seconds;
     * idempotent; a second call, from whatever thread, waits for the first. The log sink stays open: it is the host's.
     */
    @Override
    public void close() {
        List<Entry> all;
        synchronized (this) {
            if (closed) {
                all = List.of();
            } else {
                closed = true;
                all = new ArrayList<>(apps.values());
            }
        }
        closing.lock();
        try {
            if (!gone) {
                shutDown(all);
                gone = true;
            }
        } finally {
            closing.unlock();
        }
    }

    private void shutDown(List<Entry> all) {
        try {
            endRefreshes();
            all.forEach(entry -> entry.builder().close());
            all.forEach(entry -> entry.desk().close());
            awaitBuilds(all);
            awaitAllStopped(all);
        } finally {
            runtime.close();
            all.forEach(entry -> entry.desk().closeSingletons());
            control.close();
            endRecovery();
            all.forEach(entry -> entry.manager().abandonOneOffs());
            context.subscribers().close();
            all.forEach(entry -> entry.manager().closeHours());
            all.forEach(entry -> closeLedger(entry.desk().ledger()));
            context.lifeSign().close();
            home.close();
        }
    }

    private void endRefreshes() {
        Optional<Refreshes> running;
        synchronized (this) {
            running = refreshes;
        }
        running.ifPresent(Refreshes::close);
    }

    private void endRecovery() {
        recovery.shutdownNow();
        try {
            if (!recovery.awaitTermination(AFTER_KILL.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a provider of add-ons still takes one back; the next open tries again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAllStopped(List<Entry> all) {
        Instant start = Instant.now();
        try {
            for (Entry entry : all) {
                Duration left = context.stopLimit().minus(Duration.between(start, Instant.now()));
                if (!entry.manager().await(SupervisionState::isStopped, left)) {
                    LOG.warn("{} still has dynos after the grace; killing them", entry.app());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Cancelled builds end as soon as their processes are killed, on the threads of their callers. */
    private static void awaitBuilds(List<Entry> all) {
        Instant start = Instant.now();
        try {
            for (Entry entry : all) {
                Duration left = END_OF_BUILDS.minus(Duration.between(start, Instant.now()));
                if (!entry.builder().awaitEnd(left)) {
                    LOG.warn("a build of {} does not end", entry.app());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeLedger(ReleaseLedger ledger) {
        try {
            ledger.close();
        } catch (ProcModelException e) {
            LOG.warn("a ledger did not close cleanly", e);
        }
    }
}
