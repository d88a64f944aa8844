package io.procmodel;

import com.google.common.collect.ImmutableSetMultimap;
import io.procmodel.error.InvalidValueException;
import io.procmodel.name.AppName;
import io.procmodel.release.Release;
import java.time.Duration;

/**
 * Which slugs {@link Platform#collectSlugs} keeps: those of the last releases of each app, or of all;
 * and of the releases that are pinned, here or by {@link AppReleases#pin}. The
 * current release's is always kept, and so is every slug that was stored, or named by a release, within the grace. A
 * release whose slug is gone cannot be rolled back to any more. Immutable; each method gives a changed copy.
 */
public final class SlugRetention {
    private static final Duration GRACE = Duration.ofHours(1);

    private final int last;
    private final ImmutableSetMultimap<AppName, Integer> pinned;
    private final Duration grace;

    private SlugRetention(int last, ImmutableSetMultimap<AppName, Integer> pinned, Duration grace) {
        this.last = last;
        this.pinned = pinned;
        this.grace = grace;
    }

    /** Keeps the slugs of all releases, so that only those go that were built and never released. */
    public static SlugRetention allReleases() {
        return new SlugRetention(Integer.MAX_VALUE, ImmutableSetMultimap.of(), GRACE);
    }

    /**
     * Keeps the slugs of the last {@code count} releases of each app; a release that changes only a config var counts.
     *
     * @throws InvalidValueException if it is not 1 or more
     */
    public static SlugRetention lastReleases(int count) {
        if (count < 1) {
            throw new InvalidValueException("kept releases", Integer.toString(count), "1 or more");
        }
        return new SlugRetention(count, ImmutableSetMultimap.of(), GRACE);
    }

    /**
     * Keeps the slug of one more release, however old it gets.
     *
     * @throws InvalidValueException if {@code app} is not an app name
     */
    public SlugRetention pinning(String app, int version) {
        return new SlugRetention(
                last,
                ImmutableSetMultimap.<AppName, Integer>builder()
                        .putAll(pinned)
                        .put(AppName.of(app), version)
                        .build(),
                grace);
    }

    /**
     * Spares what is younger than another time than an hour. It must be longer than a release takes that was begun on
     * another host: from the moment its slug is stored, or found to be there, until the release is in the ledger.
     *
     * @throws InvalidValueException if it is negative
     */
    public SlugRetention grace(Duration time) {
        if (time.isNegative()) {
            throw new InvalidValueException("grace", time.toString(), "zero or more");
        }
        return new SlugRetention(last, pinned, time);
    }

    Duration grace() {
        return grace;
    }

    /** Whether the slug of a release is kept. */
    boolean keeps(AppName app, Release release, int newerOnes) {
        return newerOnes < last || pinned.containsEntry(app, release.version());
    }
}
