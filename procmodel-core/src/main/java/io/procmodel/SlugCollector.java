package io.procmodel;

import com.google.common.collect.ImmutableList;
import io.procmodel.release.Release;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugDigest;
import io.procmodel.slug.SlugStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes slugs that no release can return to. What is live is read first and the store asked last: a release that comes
 * between has renewed its slug, and the store spares what was renewed.
 */
final class SlugCollector {
    private final SlugStore store;
    private final SlugRetention retention;
    private final Set<SlugDigest> live = new HashSet<>();

    SlugCollector(SlugStore store, SlugRetention retention) {
        this.store = store;
        this.retention = retention;
    }

    void keep(App app) {
        List<Integer> pinned = app.releases().pinned();
        List<Release> releases = app.releases().list();
        for (int i = 0; i < releases.size(); i++) {
            Release release = releases.get(i);
            if (retention.keeps(app.name(), release, i) || pinned.contains(release.version())) {
                release.slug().map(Slug::digest).ifPresent(live::add);
            }
        }
        app.releases().current().slug().map(Slug::digest).ifPresent(live::add);
    }

    List<SlugDigest> collect() {
        Instant before = Instant.now().minus(retention.grace());
        return store.list().stream()
                .filter(slug -> !live.contains(slug) && store.deleteUnused(slug, before))
                .collect(ImmutableList.toImmutableList());
    }
}
