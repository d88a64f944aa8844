package io.procmodel.build;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to build, and for whom. Immutable. */
public final class BuildRequest {
    private final Source source;
    private final @Nullable Path cacheDirectory;
    private final BuildOutput output;

    private BuildRequest(Source source, @Nullable Path cacheDirectory, BuildOutput output) {
        this.source = Objects.requireNonNull(source, "source");
        this.cacheDirectory = cacheDirectory;
        this.output = Objects.requireNonNull(output, "output");
    }

    /** A request to build {@code source} without a cache and without anybody who reads the output. */
    public static BuildRequest of(Source source) {
        return new BuildRequest(source, null, BuildOutput.discarding());
    }

    /** The same, with a directory that is kept from build to build; one for each app (Heroku: BLD-15). */
    public BuildRequest cacheDirectory(Path directory) {
        return new BuildRequest(source, Objects.requireNonNull(directory, "directory"), output);
    }

    /** The same, with a reader of the output. */
    public BuildRequest output(BuildOutput reader) {
        return new BuildRequest(source, cacheDirectory, reader);
    }

    Source source() {
        return source;
    }

    Optional<Path> cacheDirectory() {
        return Optional.ofNullable(cacheDirectory);
    }

    BuildOutput output() {
        return output;
    }
}
