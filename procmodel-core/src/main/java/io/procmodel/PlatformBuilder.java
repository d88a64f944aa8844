package io.procmodel;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.procmodel.addon.AddOnProvider;
import io.procmodel.build.Buildpack;
import io.procmodel.build.BuildpackSource;
import io.procmodel.error.InvalidValueException;
import io.procmodel.event.PlatformEvent;
import io.procmodel.formation.DynoSize;
import io.procmodel.formation.DynoSizes;
import io.procmodel.log.LogSink;
import io.procmodel.name.AppName;
import io.procmodel.policy.AppPolicy;
import io.procmodel.release.HostKey;
import io.procmodel.release.ReleaseLedgers;
import io.procmodel.release.SealedAppStateStore;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.Isolation;
import io.procmodel.runtime.Terminals;
import io.procmodel.slug.SlugStore;
import io.procmodel.state.AppStateStore;
import io.procmodel.state.FileAppStateStore;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects what a platform needs and opens it. Not thread-safe; may be used for one platform only. */
public final class PlatformBuilder {
    private static final Pattern BUILDPACK_NAME = Pattern.compile("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+");

    private @Nullable Path home;
    private final List<Path> tools = new ArrayList<>();
    private final Map<String, Buildpack> buildpacks = new LinkedHashMap<>();
    private final List<BuildpackSource> buildpackSources = new ArrayList<>();
    private Duration buildTimeLimit = Duration.ofMinutes(15);
    private String stack = "heroku-24";
    private LogSink logs = LogSink.discarding();
    private String user = System.getProperty("user.name", "host");
    private InstantSource clock = InstantSource.system();
    private Random random = new Random();
    private @Nullable Terminals terminals;
    private Map<String, String> hostEnvironment = System.getenv();
    private @Nullable Isolation isolation;
    private boolean hardLimits = true;
    private DynoSizes dynoSizes = DynoSizes.HEROKU;
    private Set<Capability> required = Set.of();
    private AppPolicy policy = AppPolicy.HEROKU;
    private final Map<String, AddOnProvider> addOnProviders = new LinkedHashMap<>();
    private @Nullable ReleaseLedgers ledgers;
    private @Nullable AppStateStore states;
    private @Nullable Duration refreshEvery;
    private @Nullable SlugStore slugs;
    private List<HostKey> hostKeys = List.of();
    private final List<Consumer<? super PlatformEvent>> listeners = new ArrayList<>();
    private final Map<AppName, AppPolicy> policies = new LinkedHashMap<>();

    PlatformBuilder() {}

    /** Where everything durable lives. Required; created if missing, and used by one platform at a time. */
    public PlatformBuilder home(Path home) {
        this.home = requireNonNull(home, "home");
        return this;
    }

    /** Where the lines of dynos and platform go; forgotten by default. The platform never closes it. */
    public PlatformBuilder logs(LogSink logs) {
        this.logs = requireNonNull(logs, "logs");
        return this;
    }

    /**
     * Has a listener told of every event as {@link Platform#subscribe} does, and of those too that come while the platform
     * opens. May be called several times.
     */
    public PlatformBuilder subscriber(Consumer<? super PlatformEvent> listener) {
        listeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    Subscribers subscribers() {
        Subscribers subscribers = new Subscribers();
        listeners.forEach(subscribers::add);
        return subscribers;
    }

    /** Who makes the changes, as the releases and the log shall say; the operating system's user by default. */
    public PlatformBuilder user(String user) {
        requireUser(user);
        this.user = user;
        return this;
    }

    static void requireUser(String user) {
        if (user.isBlank() || user.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException("user", user, "one line of text, not blank");
        }
    }

    /** How dynos are started, kept, replaced and stopped, in every app that has no policy of its own. */
    public PlatformBuilder policy(AppPolicy policy) {
        this.policy = requireNonNull(policy, "policy");
        return this;
    }

    /**
     * How the dynos of one app are started, kept, replaced and stopped. The app need not exist yet.
     *
     * @throws InvalidValueException if {@code app} is not an app name
     */
    public PlatformBuilder policy(String app, AppPolicy policy) {
        policies.put(AppName.of(app), requireNonNull(policy, "policy"));
        return this;
    }

    /**
     * A service that apps can order add-ons from. May be called several times.
     *
     * @throws InvalidValueException if there is a provider of that service already
     */
    public PlatformBuilder addOnProvider(AddOnProvider provider) {
        if (addOnProviders.putIfAbsent(provider.service(), provider) != null) {
            throw new InvalidValueException("add-on service", provider.service(), "a provider once");
        }
        return this;
    }

    /**
     * How often the platform takes up by itself what other hosts that share its ledgers have done, as
     * {@link Platform#refresh} does: so long after the end of one look comes the next. Never, if this is not set; a platform
     * whose ledgers are in its home has no other hosts.
     *
     * @throws InvalidValueException if it is not positive
     */
    public PlatformBuilder refreshEvery(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new InvalidValueException("interval of looks at other hosts", interval.toString(), "a positive one");
        }
        this.refreshEvery = interval;
        return this;
    }

    Optional<Duration> refreshEvery() {
        return Optional.ofNullable(refreshEvery);
    }

    /**
     * Where the ledgers of apps are, instead of in the home: {@code JdbcReleaseLedgers.on(dataSource)}. The state of apps
     * belongs to the same place; see {@link #states}.
     */
    public PlatformBuilder ledgers(ReleaseLedgers ledgers) {
        this.ledgers = requireNonNull(ledgers, "ledgers");
        return this;
    }

    /** Where the state of apps besides their releases is, instead of in the home. */
    public PlatformBuilder states(AppStateStore states) {
        this.states = requireNonNull(states, "states");
        return this;
    }

    /** Where slugs are, instead of in the home: hosts that share ledgers share slugs too. */
    public PlatformBuilder slugs(SlugStore slugs) {
        this.slugs = requireNonNull(slugs, "slugs");
        return this;
    }

    /**
     * Encrypts config vars, those of add-ons included, wherever they are stored, with AES-256-GCM under {@code current}.
     * What is there under one of the {@code earlier} keys, or not encrypted, can be read and is encrypted under
     * {@code current} when it is next written; no release is rewritten.
     *
     * @param current encrypts from here on
     * @param earlier what was given as current before, the ones that may still be in use
     */
    public PlatformBuilder hostKey(HostKey current, HostKey... earlier) {
        this.hostKeys =
                ImmutableList.<HostKey>builder().add(current).add(earlier).build();
        return this;
    }

    /** What time it is; the system's clock by default. */
    public PlatformBuilder clock(InstantSource clock) {
        this.clock = requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Where terminals of attached dynos come from; util-linux's {@code script} by default, where the machine has it.
     */
    public PlatformBuilder terminals(Terminals terminals) {
        this.terminals = requireNonNull(terminals, "terminals");
        return this;
    }

    /** Chooses ports; seeded by the system by default. */
    public PlatformBuilder random(Random random) {
        this.random = requireNonNull(random, "random");
        return this;
    }

    /**
     * The environment of which builds and dynos see an allow-list: {@code PATH}, the locale, the time zone and a few more
     * names; that of this process by default.
     */
    public PlatformBuilder hostEnvironment(Map<String, String> environment) {
        this.hostEnvironment = Map.copyOf(environment);
        return this;
    }

    /**
     * How far dynos are kept apart from this machine and from each other; by default as far as it allows. In a sandbox a
     * dyno sees its files at {@code /app}, has a {@code /tmp} of its own, and can read but not write the files of the host.
     */
    public PlatformBuilder isolation(Isolation isolation) {
        this.isolation = requireNonNull(isolation, "isolation");
        return this;
    }

    /**
     * Whether the kernel holds dynos to their sizes where this machine lets us have that, through control groups; yes by
     * default. Without, the memory of dynos is measured all the same, and who uses far too much is killed a moment later.
     */
    public PlatformBuilder hardLimits(boolean hard) {
        this.hardLimits = hard;
        return this;
    }

    /**
     * Sizes of dynos besides Heroku's, made with {@link DynoSize#custom}, that formations, resizing and one-off dynos may name
     * then. May be called several times. A stored formation that names a size which no host defines any more runs with the
     * limits of Standard-1X, and a {@link io.procmodel.event.DynoSizeUndefined} says so.
     *
     * @throws InvalidValueException if there is a size of that name already
     */
    public PlatformBuilder dynoSizes(DynoSize... sizes) {
        this.dynoSizes = dynoSizes.with(sizes);
        return this;
    }

    /** What dynos must be able to rely on; {@link #open} fails on a machine that cannot offer it. */
    public PlatformBuilder require(Capability... capabilities) {
        this.required = Set.of(capabilities);
        return this;
    }

    /**
     * Directories with programs for builds and dynos, which are looked for there before anywhere else: they go to the front
     * of the {@code PATH} of both.
     */
    public PlatformBuilder tools(Path... directories) {
        for (Path directory : directories) {
            tools.add(directory.toAbsolutePath());
        }
        return this;
    }

    /**
     * Adds a buildpack that apps can set by a name; one that was added so is asked before those of the library where an app
     * has set none, the first first. A name of the library's stands for this one then.
     *
     * @throws InvalidValueException if the name is not of the form {@code namespace/name} (Heroku: BLD-22)
     */
    public PlatformBuilder buildpack(String name, Buildpack buildpack) {
        if (!BUILDPACK_NAME.matcher(name).matches()) {
            throw new InvalidValueException("name of a buildpack", name, "namespace/name, such as acme/perl");
        }
        buildpacks.put(name, requireNonNull(buildpack, "buildpack"));
        return this;
    }

    /**
     * Adds somebody who fetches buildpacks from addresses, such as {@code GitBuildpacks} of the git module (Heroku: BLD-22).
     * Archives are always fetched.
     */
    public PlatformBuilder buildpacks(BuildpackSource source) {
        buildpackSources.add(requireNonNull(source, "source"));
        return this;
    }

    /** How long one build may take; 15 minutes by default (Heroku: BLD-5). */
    public PlatformBuilder buildTimeLimit(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new InvalidValueException("time limit of a build", limit.toString(), "a positive duration");
        }
        this.buildTimeLimit = limit;
        return this;
    }

    /** The value of {@code STACK}, by which buildpacks choose binaries; {@code heroku-24} by default (Heroku: BLD-17). */
    public PlatformBuilder stack(String stack) {
        this.stack = requireNonNull(stack, "stack");
        return this;
    }

    /**
     * Opens the platform: claims the home, and starts the formation of every app in it. Returns when that is decided;
     * {@link AppDynos#awaitUp} waits for the dynos.
     *
     * @throws IllegalStateException if no home was given
     * @throws HomeInUseException if another platform has the home open
     * @throws HomeUnusableException if the home cannot be created or written
     * @throws io.procmodel.runtime.MissingCapabilityException if an isolation or capability was asked for that this machine
     *     cannot offer
     */
    public Platform open() {
        if (home == null) {
            throw new IllegalStateException("home: not set (expected: a directory, with home(Path))");
        }
        return Platform.open(home, this);
    }

    AppPolicy policyOf(AppName app) {
        return policies.getOrDefault(app, policy);
    }

    Duration longestStopGrace() {
        return policies.values().stream()
                .map(AppPolicy::longestStopGrace)
                .reduce(policy.longestStopGrace(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }

    LogSink logs() {
        return logs;
    }

    String user() {
        return user;
    }

    InstantSource clock() {
        return clock;
    }

    Optional<Terminals> terminals() {
        return Optional.ofNullable(terminals);
    }

    Random random() {
        return random;
    }

    Optional<Isolation> isolation() {
        return Optional.ofNullable(isolation);
    }

    boolean hardLimits() {
        return hardLimits;
    }

    DynoSizes dynoSizes() {
        return dynoSizes;
    }

    Set<Capability> required() {
        return required;
    }

    Map<String, String> hostEnvironment() {
        if (tools.isEmpty()) {
            return hostEnvironment;
        }
        Stream<String> path =
                Stream.concat(tools.stream().map(Path::toString), Stream.ofNullable(hostEnvironment.get("PATH")));
        Map<String, String> environment = new LinkedHashMap<>(hostEnvironment);
        environment.put("PATH", path.collect(Collectors.joining(File.pathSeparator)));
        return Map.copyOf(environment);
    }

    Map<String, Buildpack> buildpacks() {
        return buildpacks;
    }

    List<BuildpackSource> buildpackSources() {
        return buildpackSources;
    }

    Duration buildTimeLimit() {
        return buildTimeLimit;
    }

    String stack() {
        return stack;
    }

    Map<String, AddOnProvider> addOnProviders() {
        return addOnProviders;
    }

    Optional<ReleaseLedgers> ledgers() {
        return Optional.ofNullable(ledgers);
    }

    Optional<SlugStore> slugs() {
        return Optional.ofNullable(slugs);
    }

    AppStateStore states(Path apps) {
        AppStateStore store = states == null ? FileAppStateStore.at(apps) : states;
        return hostKeys.isEmpty() ? store : SealedAppStateStore.over(store, hostKeys);
    }

    List<HostKey> hostKeys() {
        return hostKeys;
    }
}
