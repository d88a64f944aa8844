package io.procmodel.build;

import static java.util.Objects.requireNonNull;

import io.procmodel.slug.Slug;

/**
 * What a build made.
 *
 * @param slug the slug, in the store
 * @param kind what kind of app it is, as its last buildpack calls it
 * @param buildpack that buildpack
 * @param release what that buildpack says about it; its process types are in the slug already
 */
public record BuildResult(Slug slug, String kind, Buildpack buildpack, BuildpackRelease release) {
    /** Checks that nothing is missing. */
    public BuildResult {
        requireNonNull(slug, "slug");
        requireNonNull(kind, "kind");
        requireNonNull(buildpack, "buildpack");
        requireNonNull(release, "release");
    }
}
