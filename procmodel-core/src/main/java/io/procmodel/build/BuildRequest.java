package io.procmodel.build;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.procmodel.config.ConfigVars;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What to build, and for whom. Immutable; each method gives a changed copy. */
public final class BuildRequest {
    private final Source source;
    private final @Nullable Path cacheDirectory;
    private final @Nullable Path fetchDirectory;
    private final BuildOutput output;
    private final ConfigVars config;
    private final ImmutableList<Buildpack> buildpacks;
    private final CompletableFuture<?> cancelled;

    private BuildRequest(
            Source source,
            @Nullable Path cacheDirectory,
            @Nullable Path fetchDirectory,
            BuildOutput output,
            ConfigVars config,
            List<? extends Buildpack> buildpacks,
            CompletableFuture<?> cancelled) {
        this.source = requireNonNull(source, "source");
        this.cacheDirectory = cacheDirectory;
        this.fetchDirectory = fetchDirectory;
        this.output = requireNonNull(output, "output");
        this.config = requireNonNull(config, "config");
        this.buildpacks = ImmutableList.copyOf(buildpacks);
        this.cancelled = cancelled;
    }

    /**
     * A request to build {@code source} with the buildpack that detects it, without a cache, config vars, and anybody who
     * reads the output.
     */
    public static BuildRequest of(Source source) {
        return new BuildRequest(
                source, null, null, BuildOutput.discarding(), ConfigVars.empty(), List.of(), new CompletableFuture<>());
    }

    /** The same, with a directory that is kept from build to build; one for each app (Heroku: BLD-15). */
    public BuildRequest cacheDirectory(Path directory) {
        return new BuildRequest(
                source, requireNonNull(directory, "directory"), fetchDirectory, output, config, buildpacks, cancelled);
    }

    /** The same, with a directory in which fetched buildpacks are kept from build to build; one for each app. */
    public BuildRequest fetchDirectory(Path directory) {
        return new BuildRequest(
                source, cacheDirectory, requireNonNull(directory, "directory"), output, config, buildpacks, cancelled);
    }

    /** The same, with a reader of the output. */
    public BuildRequest output(BuildOutput reader) {
        return new BuildRequest(source, cacheDirectory, fetchDirectory, reader, config, buildpacks, cancelled);
    }

    /** The same, with the config vars of the app (Heroku: BLD-16). */
    public BuildRequest config(ConfigVars vars) {
        return new BuildRequest(source, cacheDirectory, fetchDirectory, output, vars, buildpacks, cancelled);
    }

    /**
     * The same, with buildpacks that all build the app, one after another; the last one says what it can run (Heroku:
     * BLD-21). With none, the builder's own are asked and the first that detects the app builds it (BLD-23).
     */
    public BuildRequest buildpacks(List<? extends Buildpack> inOrder) {
        return new BuildRequest(source, cacheDirectory, fetchDirectory, output, config, inOrder, cancelled);
    }

    /** The same, to be cancelled by whoever completes {@code signal}, from whatever thread (Heroku: BLD-31). */
    public BuildRequest cancelledBy(CompletionStage<?> signal) {
        return new BuildRequest(
                source, cacheDirectory, fetchDirectory, output, config, buildpacks, signal.toCompletableFuture());
    }

    Source source() {
        return source;
    }

    Optional<Path> cacheDirectory() {
        return Optional.ofNullable(cacheDirectory);
    }

    Optional<Path> fetchDirectory() {
        return Optional.ofNullable(fetchDirectory);
    }

    BuildOutput output() {
        return output;
    }

    ConfigVars config() {
        return config;
    }

    List<Buildpack> buildpacks() {
        return buildpacks;
    }

    CompletableFuture<?> cancelled() {
        return cancelled;
    }
}
