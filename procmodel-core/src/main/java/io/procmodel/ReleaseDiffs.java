package io.procmodel;

import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDiff;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugDiff;
import io.procmodel.slug.SlugManifest;
import io.procmodel.slug.SlugNotFoundException;
import io.procmodel.slug.SlugStore;
import java.util.List;
import java.util.Optional;

/** Compares releases, their files included. */
final class ReleaseDiffs {
    private final SlugStore slugs;

    ReleaseDiffs(SlugStore slugs) {
        this.slugs = slugs;
    }

    /** Reads both slugs if they differ. */
    ReleaseDiff between(Release from, Release to) {
        return ReleaseDiff.between(from, to, files(from.slug(), to.slug()));
    }

    private Optional<SlugDiff> files(Optional<Slug> from, Optional<Slug> to) {
        if (from.map(Slug::digest).equals(to.map(Slug::digest))) {
            return Optional.of(new SlugDiff(List.of(), List.of(), List.of()));
        }
        try {
            Optional<SlugManifest> before = from.map(slug -> SlugManifest.read(slugs, slug.digest()));
            Optional<SlugManifest> after = to.map(slug -> SlugManifest.read(slugs, slug.digest()));
            if (before.isPresent() && after.isPresent()) {
                return Optional.of(before.get().diff(after.get()));
            }
            return Optional.of(new SlugDiff(
                    after.map(SlugManifest::files).orElse(List.of()),
                    before.map(SlugManifest::files).orElse(List.of()),
                    List.of()));
        } catch (SlugNotFoundException e) {
            return Optional.empty();
        }
    }
}
