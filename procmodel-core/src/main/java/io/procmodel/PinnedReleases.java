package io.procmodel;

import io.procmodel.name.AppName;
import io.procmodel.release.Release;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugNotFoundException;
import java.util.List;
import java.util.stream.Stream;

/** The releases of one app whose slugs are kept however old they get. Thread-safe. */
final class PinnedReleases {
    private final AppContext context;
    private final StoredTexts pins;

    PinnedReleases(AppName app, AppContext context) {
        this.context = context;
        this.pins = new StoredTexts(app, context, "pinned-releases");
    }

    /** First the pin and then the slug, so that a collection which did not see the pin has removed the slug by now. */
    void pin(Release release) {
        String version = Integer.toString(release.version());
        pins.update(present ->
                Stream.concat(present.stream(), Stream.of(version)).distinct().toList());
        release.slug()
                .map(Slug::digest)
                .filter(slug -> !context.slugs().renew(slug))
                .ifPresent(slug -> {
                    unpin(release.version());
                    throw new SlugNotFoundException(slug);
                });
    }

    void unpin(int version) {
        pins.update(present -> present.stream()
                .filter(pin -> !pin.equals(Integer.toString(version)))
                .toList());
    }

    List<Integer> versions() {
        return pins.load().stream().map(Integer::valueOf).sorted().toList();
    }
}
