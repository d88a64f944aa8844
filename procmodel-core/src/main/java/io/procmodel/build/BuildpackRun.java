package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/** Chooses the buildpacks of one build and has them build the app, in Heroku's two ways (BLD-21, BLD-23). */
final class BuildpackRun {
    private final Build build;

    BuildpackRun(Build build) {
        this.build = build;
    }

    /**
     * What the last buildpack said.
     *
     * @param buildpack itself
     * @param kind what it called the app
     * @param release what it said when it had compiled
     */
    record Outcome(Buildpack buildpack, String kind, BuildpackRelease release) {}

    /** The first buildpack that detects the app builds it. */
    Outcome firstOf(List<Buildpack> candidates) {
        for (Buildpack buildpack : candidates) {
            Optional<String> kind = detect(buildpack);
            if (kind.isPresent()) {
                return compile(buildpack, kind.get());
            }
        }
        throw NoBuildpackException.noneOf(
                candidates.stream().map(Buildpack::description).collect(ImmutableList.toImmutableList()),
                RootFiles.of(build.directory()));
    }

    /** All of them build it, in order, and there is one at least; each must detect it. */
    Outcome all(List<Buildpack> buildpacks) {
        for (Buildpack buildpack : buildpacks.subList(0, buildpacks.size() - 1)) {
            one(buildpack);
        }
        return one(buildpacks.get(buildpacks.size() - 1));
    }

    private Outcome one(Buildpack buildpack) {
        String kind = detect(buildpack)
                .orElseThrow(() ->
                        NoBuildpackException.setButNotFor(buildpack.description(), RootFiles.of(build.directory())));
        return compile(buildpack, kind);
    }

    private Optional<String> detect(Buildpack buildpack) {
        build.steps().requireTime();
        return buildpack.detect(build);
    }

    private Outcome compile(Buildpack buildpack, String kind) {
        build.output().step(kind + " app detected");
        buildpack.compile(build);
        build.steps().requireTime();
        return new Outcome(buildpack, kind, buildpack.release(build));
    }
}
