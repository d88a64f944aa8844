package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/** A buildpack of this library: it knows its apps by a file at their root. */
abstract class LanguageBuildpack implements Buildpack {
    private static final String PROCFILE = "Procfile";

    private final String kind;
    private final ImmutableList<String> files;

    LanguageBuildpack(String kind, String... files) {
        this.kind = kind;
        this.files = ImmutableList.copyOf(files);
    }

    @Override
    public final String description() {
        return kind + " (" + String.join(" or ", files) + ")";
    }

    @Override
    public Optional<String> detect(Build build) {
        return files.stream().anyMatch(build::has) ? Optional.of(kind) : Optional.empty();
    }

    @Override
    public BuildpackRelease release(Build build) {
        return BuildpackRelease.of();
    }

    static boolean hasProcfile(Build build) {
        return build.has(PROCFILE);
    }

    /** A directory below the cache, as text for an option or a variable. */
    static String cache(Build build, String name) {
        return build.cacheDirectory().resolve(name).toString();
    }

    /** A command line from its parts, some of which are lists themselves. */
    static List<String> command(Object program, String... arguments) {
        return ImmutableList.<String>builder()
                .add(program.toString())
                .add(arguments)
                .build();
    }
}
