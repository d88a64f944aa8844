package io.procmodel;

import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDiff;
import io.procmodel.release.ReleaseLedger;
import java.util.List;
import java.util.Optional;

/** The history of an app. Thread-safe. */
public final class AppReleases {
    private final ReleaseDesk desk;
    private final ReleaseDiffs diffs;
    private final PinnedReleases pins;

    AppReleases(ReleaseDesk desk, ReleaseDiffs diffs, PinnedReleases pins) {
        this.desk = desk;
        this.diffs = diffs;
        this.pins = pins;
    }

    /** The newest releases, at most {@code count}, newest first (Heroku: REL-26). */
    public List<Release> newest(int count) {
        return desk.ledger().newest(count);
    }

    /** All releases, newest first. */
    public List<Release> list() {
        return desk.ledger().list();
    }

    /** The release of that version. */
    public Optional<Release> get(int version) {
        return desk.ledger().get(version);
    }

    /**
     * The release of a version as people write it: {@code v3}, {@code V3} or {@code 3} (Heroku: REL-28).
     *
     * @throws io.procmodel.error.InvalidValueException if it is not written like that
     */
    public Optional<Release> get(String version) {
        return get(Release.parseVersion(version));
    }

    /**
     * How release {@code to} differs from release {@code from}: files, config keys, add-ons and process types. Reads both
     * slugs if they differ.
     *
     * @throws io.procmodel.release.NoSuchReleaseException if one of them is not there
     */
    public ReleaseDiff diff(int from, int to) {
        return diffs.between(desk.get(from), desk.get(to));
    }

    /**
     * Keeps the slug of a release, however old it gets, until it is {@linkplain #unpin unpinned}: {@link
     * Platform#collectSlugs} spares it. Pins survive the end of the platform.
     *
     * @throws io.procmodel.release.NoSuchReleaseException if there is no such release
     * @throws io.procmodel.slug.SlugNotFoundException if its slug is gone already
     */
    public void pin(int version) {
        pins.pin(desk.get(version));
    }

    /** Takes a pin away; a release that is not pinned is none of them. */
    public void unpin(int version) {
        pins.unpin(version);
    }

    /** The versions of the pinned releases, the oldest first. */
    public List<Integer> pinned() {
        return pins.versions();
    }

    /** The newest release that succeeded; there always is one, v1 at least. */
    public Release current() {
        return desk.current();
    }

    /**
     * Makes a new release with the slug and the config vars of an old one, and restarts every dyno on it (Heroku: REL-20).
     *
     * @throws io.procmodel.release.NoSuchReleaseException if there is no such release
     * @throws io.procmodel.release.IneligibleReleaseException if it cannot be rolled back to; the message says why
     */
    public Release rollback(int version) {
        return desk.rollback(version);
    }

    /** Rolls back to the release before the current one, as the command does without a version (Heroku: REL-21). */
    public Release rollback() {
        return desk.rollback();
    }

    /**
     * Runs the release command of the newest release again, in a new release (Heroku: REL-19).
     *
     * @throws NoReleaseCommandException if the app has no process type {@code release}
     */
    public Release retry() {
        return desk.retry();
    }

    /**
     * What the release command of a release printed (Heroku: REL-17); empty if it has none, or ran before this platform was
     * opened or longer ago than the last ten. The log has it too.
     */
    public Optional<String> output(int version) {
        return desk.output(version);
    }

    /** Reads the whole ledger and checks that no record was changed, removed or reordered. */
    public ReleaseLedger.Verification verify() {
        return desk.ledger().verify();
    }
}
