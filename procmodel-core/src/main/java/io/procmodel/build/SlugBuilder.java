package io.procmodel.build;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.procmodel.error.InvalidValueException;
import io.procmodel.error.ProcModelException;
import io.procmodel.error.StorageException;
import io.procmodel.pipe.OutputChannels;
import io.procmodel.procfile.ProcessType;
import io.procmodel.procfile.ProcfileException;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugEntryException;
import io.procmodel.slug.SlugPacker;
import io.procmodel.slug.SlugStore;
import io.procmodel.slug.SlugTooLargeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Builds sources into slugs of a store, in Heroku's order (BLD-2): fetch into a private directory, leave out, detect,
 * compile, find the process types, pack. A build that fails leaves nothing behind and changes nothing but the cache.
 * Immutable and thread-safe: builds may run side by side, as long as they do not share a cache.
 */
public final class SlugBuilder {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(15);
    private static final long MEGABYTE = 1 << 20;
    private static final long SIZE_LIMIT = 500 * MEGABYTE;
    private static final long SOFT_SIZE_LIMIT = 300 * MEGABYTE;

    private static final String STACK = "heroku-24";

    private final SlugStore store;
    private final Path workDirectory;
    private final ImmutableList<Buildpack> buildpacks;
    private final Duration timeLimit;
    private final HostEnvironment host;
    private final String stack;
    private final boolean showsApp;
    private final Supplier<MountedHome> mountedHome;

    private SlugBuilder(
            SlugStore store,
            Path workDirectory,
            Collection<? extends Buildpack> buildpacks,
            Duration timeLimit,
            HostEnvironment host,
            String stack,
            boolean showsApp) {
        this.store = store;
        this.workDirectory = workDirectory;
        this.buildpacks = ImmutableList.copyOf(buildpacks);
        this.timeLimit = timeLimit;
        this.host = host;
        this.stack = stack;
        this.showsApp = showsApp;
        this.mountedHome = Suppliers.memoize(() -> showsApp ? MountedHome.on(host) : MountedHome.none());
    }

    /**
     * A builder with the {@linkplain Buildpack#builtIn buildpacks of this library}, the stack {@code heroku-24} and a limit
     * of 15 minutes for each build (Heroku: BLD-5).
     *
     * @param store takes the slugs
     * @param workDirectory where builds have their private directories; made if it is missing. After a crash of this
     *     process it may hold what was left of one, and may be emptied while no build runs
     */
    public static SlugBuilder into(SlugStore store, Path workDirectory) {
        return new SlugBuilder(
                store,
                workDirectory,
                Buildpack.builtIn().values(),
                TIME_LIMIT,
                new HostEnvironment(System.getenv()),
                STACK,
                true);
    }

    /**
     * The same, with these buildpacks to be asked when a request has none; the first one that detects an app builds it
     * (Heroku: BLD-23).
     */
    public SlugBuilder withBuildpacks(List<? extends Buildpack> inOrder) {
        return new SlugBuilder(store, workDirectory, inOrder, timeLimit, host, stack, showsApp);
    }

    /**
     * The same, with another limit in time for one build.
     *
     * @throws InvalidValueException if it is not positive
     */
    public SlugBuilder withTimeLimit(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new InvalidValueException("time limit of a build", limit.toString(), "a positive duration");
        }
        return new SlugBuilder(store, workDirectory, buildpacks, limit, host, stack, showsApp);
    }

    /**
     * The same, with the environment of another host, of which steps see an allow-list; that of this process by default.
     * Tool-chains are looked for on its {@code PATH}.
     */
    public SlugBuilder withHostEnvironment(Map<String, String> environment) {
        return new SlugBuilder(
                store, workDirectory, buildpacks, timeLimit, new HostEnvironment(environment), stack, showsApp);
    }

    /** The same, with another value of {@code STACK}, by which buildpacks choose binaries (Heroku: BLD-17). */
    public SlugBuilder withStack(String name) {
        return new SlugBuilder(store, workDirectory, buildpacks, timeLimit, host, name, showsApp);
    }

    /**
     * The same, without {@code /app}. Otherwise builds with buildpacks that are programs have their {@code HOME} there, as
     * on Heroku, if bubblewrap works on this machine and it has no such directory of its own.
     */
    public SlugBuilder withoutAppDirectory() {
        return new SlugBuilder(store, workDirectory, buildpacks, timeLimit, host, stack, false);
    }

    /** Builds a source without a cache and without anybody who reads the output; see {@link #build(BuildRequest)}. */
    public Slug build(Source source) {
        return build(BuildRequest.of(source));
    }

    /** Builds a source and stores the slug; see {@link #run}. */
    public Slug build(BuildRequest request) {
        return run(request).slug();
    }

    /**
     * Builds a source and stores the slug. Blocks for as long as the build takes; an interrupt ends it.
     *
     * @throws SourceException if there is no app to be had from the source
     * @throws SlugIgnoreException if the app's {@code .slugignore} cannot be understood
     * @throws ProcfileException if the app's Procfile cannot be understood
     * @throws SlugEntryException if a slug cannot hold a file of the app, such as a link that leaves it
     * @throws NoBuildpackException if no buildpack is for this app
     * @throws BuildCancelledException if the request was cancelled
     * @throws BuildException if a step fails or takes too long, a program is missing, a buildpack is not one, or the app
     *     declares no process types
     * @throws SlugTooLargeException if the compressed slug is over 500 MB (Heroku: BLD-6)
     * @throws StorageException if the disk refuses
     */
    public BuildResult run(BuildRequest request) {
        BuildLog log = new BuildLog(request.output());
        MountedHome home = hasPrograms(request) ? mountedHome.get() : MountedHome.none();
        Deadline deadline = new Deadline(timeLimit, System::nanoTime);
        try (Workspace workspace =
                Workspace.create(workDirectory, request.cacheDirectory(), request.fetchDirectory())) {
            Optional<String> version = fetch(request.source(), workspace.app(), log);
            Build build = begin(request, workspace, home, version, deadline, log);
            BuildpackRun run = new BuildpackRun(build);
            BuildpackRun.Outcome outcome =
                    request.buildpacks().isEmpty() ? run.firstOf(buildpacks) : run.all(request.buildpacks());
            List<ProcessType> types = new ProcessTypeDiscovery(workspace.app())
                    .find(outcome.kind(), outcome.release().defaultProcessTypes(), log);
            build.steps().requireTime();
            return new BuildResult(
                    pack(workspace.app(), types, log), outcome.kind(), outcome.buildpack(), outcome.release());
        } catch (ProcModelException e) {
            log.warning(firstLine(e));
            throw e;
        }
    }

    /**
     * Fetches a source and reads its {@code app.json}; without one the app asks for nothing.
     *
     * @throws SourceException if there is no app to be had from the source
     * @throws AppJsonException if the file cannot be understood
     */
    public AppJson appJson(Source source) {
        try (Workspace workspace = Workspace.create(workDirectory, Optional.empty(), Optional.empty())) {
            source.fetch(workspace.app(), BuildOutput.discarding());
            return AppJson.read(workspace.app());
        }
    }

    private Build begin(
            BuildRequest request,
            Workspace workspace,
            MountedHome home,
            Optional<String> version,
            Deadline deadline,
            BuildLog log) {
        Steps steps = new Steps(
                StepLauncher.on(host).within(command -> home.commandLine(command, workspace.home())),
                new OutputChannels(workspace.pipes(), host.program("mkfifo").map(Path::toString)),
                workspace.app(),
                environment(workspace, home, version),
                host,
                log,
                deadline,
                request.cancelled());
        return new Build(workspace, request.config(), host, log, steps);
    }

    private boolean hasPrograms(BuildRequest request) {
        List<Buildpack> asked = request.buildpacks().isEmpty() ? buildpacks : request.buildpacks();
        return asked.stream().anyMatch(DirectoryBuildpack.class::isInstance);
    }

    private Map<String, String> environment(Workspace workspace, MountedHome home, Optional<String> version) {
        ImmutableMap.Builder<String, String> variables = ImmutableMap.<String, String>builder()
                .putAll(host.variables())
                .put("HOME", home.pathOf(workspace.home()))
                .put("TMPDIR", workspace.temporary().toString())
                .put("STACK", stack)
                .put("REQUEST_ID", UUID.randomUUID().toString())
                .put("BUILDPACK_LOG_FILE", workspace.buildpackLog().toString());
        version.ifPresent(found -> variables.put("SOURCE_VERSION", found));
        return variables.buildKeepingLast();
    }

    private static Optional<String> fetch(Source source, Path directory, BuildLog log) {
        Optional<String> version = source.fetchVersion(directory, log);
        SlugIgnore.read(directory).applyTo(directory, log);
        // Before anything runs: a step that follows a link out of the tree would work on somebody else's files.
        SlugPacker.check(directory);
        return version;
    }

    private Slug pack(Path app, List<ProcessType> processTypes, BuildLog log) {
        log.step("Compressing...");
        Slug slug = SlugPacker.into(store).limitedTo(SIZE_LIMIT).pack(app, processTypes);
        log.detail("Done: " + shown(slug.archiveBytes()));
        if (slug.archiveBytes() > SOFT_SIZE_LIMIT) {
            log.warning("Warning: Your slug size (" + slug.archiveBytes() / MEGABYTE + " MB) exceeds our soft limit ("
                    + SOFT_SIZE_LIMIT / MEGABYTE + " MB) which may affect boot time.");
        }
        return slug;
    }

    private static String shown(long bytes) {
        return bytes < MEGABYTE ? (bytes + 1023) / 1024 + "K" : bytes / MEGABYTE + "M";
    }

    private static String firstLine(ProcModelException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("The build failed");
    }
}
