package io.procmodel.build;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import io.procmodel.error.ProcModelException;
import io.procmodel.error.StorageException;
import io.procmodel.procfile.ProcessType;
import io.procmodel.procfile.ProcfileException;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugEntryException;
import io.procmodel.slug.SlugPacker;
import io.procmodel.slug.SlugStore;
import io.procmodel.slug.SlugTooLargeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    private final SlugStore store;
    private final Path workDirectory;
    private final ImmutableList<Buildpack> buildpacks;
    private final Duration timeLimit;
    private final HostEnvironment host;

    private SlugBuilder(
            SlugStore store,
            Path workDirectory,
            ImmutableList<Buildpack> buildpacks,
            Duration timeLimit,
            HostEnvironment host) {
        this.store = store;
        this.workDirectory = workDirectory;
        this.buildpacks = buildpacks;
        this.timeLimit = timeLimit;
        this.host = host;
    }

    /**
     * A builder with the buildpacks of this library and a limit of 15 minutes for each build (Heroku: BLD-5).
     *
     * @param store takes the slugs
     * @param workDirectory where builds have their private directories; made if it is missing. After a crash of this
     *     process it may hold what was left of one, and may be emptied while no build runs
     */
    public static SlugBuilder into(SlugStore store, Path workDirectory) {
        return new SlugBuilder(
                store,
                workDirectory,
                ImmutableList.of(new NodeBuildpack()),
                TIME_LIMIT,
                new HostEnvironment(System.getenv()));
    }

    /** The same, with these buildpacks; the first one that detects an app builds it (Heroku: BLD-23). */
    public SlugBuilder withBuildpacks(List<? extends Buildpack> inOrder) {
        return new SlugBuilder(store, workDirectory, ImmutableList.copyOf(inOrder), timeLimit, host);
    }

    /** The same, with another limit in time for the steps of one build together. */
    public SlugBuilder withTimeLimit(Duration limit) {
        Preconditions.checkArgument(
                !limit.isNegative() && !limit.isZero(), "time limit: %s (expected: more than none)", limit);
        return new SlugBuilder(store, workDirectory, buildpacks, limit, host);
    }

    /**
     * The same, with the environment of another host, of which steps see an allow-list; that of this process by default.
     */
    public SlugBuilder withHostEnvironment(Map<String, String> environment) {
        return withHost(new HostEnvironment(environment));
    }

    SlugBuilder withHost(HostEnvironment other) {
        return new SlugBuilder(store, workDirectory, buildpacks, timeLimit, other);
    }

    /** Builds a source without a cache and without anybody who reads the output; see {@link #build(BuildRequest)}. */
    public Slug build(Source source) {
        return build(BuildRequest.of(source));
    }

    /**
     * Builds a source and stores the slug. Blocks for as long as the build takes; an interrupt ends it.
     *
     * @throws SourceException if there is no app to be had from the source
     * @throws SlugIgnoreException if the app's {@code .slugignore} cannot be understood
     * @throws ProcfileException if the app's Procfile cannot be understood
     * @throws SlugEntryException if a slug cannot hold a file of the app, such as a link that leaves it
     * @throws BuildException if a step fails or takes too long, a program is missing, or the app declares no process types
     * @throws SlugTooLargeException if the compressed slug is over 500 MB (Heroku: BLD-6)
     * @throws StorageException if the disk refuses
     */
    public Slug build(BuildRequest request) {
        BuildLog log = new BuildLog(request.output());
        try (Workspace workspace = Workspace.create(workDirectory, request.cacheDirectory())) {
            fetch(request.source(), workspace.app(), log);
            return pack(workspace.app(), compile(workspace, log), log);
        } catch (ProcModelException e) {
            log.warning(firstLine(e));
            throw e;
        }
    }

    private static void fetch(Source source, Path directory, BuildLog log) {
        source.fetch(directory, log);
        SlugIgnore.read(directory).applyTo(directory, log);
        // Before anything runs: a step that follows a link out of the tree would work on somebody else's files.
        SlugPacker.check(directory);
    }

    private List<ProcessType> compile(Workspace workspace, BuildLog log) {
        for (Buildpack buildpack : buildpacks) {
            Optional<String> kind = buildpack.detect(workspace.app());
            if (kind.isPresent()) {
                log.step(kind.get() + " app detected");
                buildpack.compile(new Build(workspace, host, log, new Deadline(timeLimit, System::nanoTime)));
                return discover(workspace.app(), kind.get(), buildpack.defaultProcessTypes(workspace.app()), log);
            }
        }
        log.step("No buildpack for this app: taking the files as they are");
        return discover(workspace.app(), "buildpack", List.of(), log);
    }

    private static List<ProcessType> discover(Path app, String kind, List<ProcessType> defaults, BuildLog log) {
        try {
            return new ProcessTypeDiscovery(app).find(kind, defaults, log);
        } catch (IOException e) {
            throw new StorageException("list", app, e);
        }
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
