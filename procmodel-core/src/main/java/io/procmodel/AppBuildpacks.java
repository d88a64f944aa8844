package io.procmodel;

import com.google.common.collect.ImmutableList;
import io.procmodel.build.Buildpack;
import io.procmodel.error.InvalidValueException;
import io.procmodel.name.AppName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The buildpacks that an app has set, what {@code heroku buildpacks} is about; they survive the end of the platform. Each is
 * a name that the platform knows, such as {@code heroku/nodejs}, the path of a directory with {@code bin/detect} and
 * {@code bin/compile}, or an address that it can be fetched from (Heroku: BLD-21, BLD-22). With none set, the first of the
 * platform's buildpacks that detects the app builds it, and a deploy remembers it for all builds to come (BLD-23). Changes
 * count from the next build on. Thread-safe.
 */
public final class AppBuildpacks {
    private final AppContext context;
    private final StoredTexts set;
    private final StoredTexts detected;

    AppBuildpacks(AppName app, AppContext context) {
        this.context = context;
        this.set = new StoredTexts(app, context, "buildpacks");
        this.detected = new StoredTexts(app, context, "detected-buildpack");
    }

    /** The buildpacks in the order in which they build the app; empty if none is set. */
    public List<String> list() {
        return set.load();
    }

    /**
     * Sets them all.
     *
     * @throws InvalidValueException if one is nothing that the platform knows or can fetch, or stands there twice
     */
    public void set(String... inOrder) {
        change(present -> Arrays.asList(inOrder));
    }

    /**
     * Adds one at the end.
     *
     * @throws InvalidValueException as {@link #set} does
     */
    public void add(String buildpack) {
        change(present ->
                ImmutableList.<String>builder().addAll(present).add(buildpack).build());
    }

    /** Removes one; one that is not set is none of them. */
    public void remove(String buildpack) {
        change(present ->
                present.stream().filter(other -> !other.equals(buildpack)).toList());
    }

    /** Removes all, and forgets the one that was detected, so that the app is detected again. */
    public void clear() {
        set();
        detected.update(present -> List.of());
    }

    /** The buildpack that detected the app when it was deployed without one that is set (Heroku: BLD-23). */
    public Optional<String> detected() {
        return detected.load().stream().findFirst();
    }

    /** Remembers which buildpack a deploy was made with, if it detected the app. */
    void remember(Buildpack buildpack) {
        if (list().isEmpty() && detected().isEmpty()) {
            context.buildpacks().nameToRemember(buildpack).ifPresent(name -> detected.update(present -> List.of(name)));
        }
    }

    private void change(UnaryOperator<List<String>> change) {
        set.update(present -> {
            List<String> changed = change.apply(present);
            check(changed);
            return changed;
        });
    }

    private void check(List<String> buildpacks) {
        for (String buildpack : buildpacks) {
            context.buildpacks().find(buildpack);
            if (buildpacks.indexOf(buildpack) != buildpacks.lastIndexOf(buildpack)) {
                throw new InvalidValueException("buildpack", KnownBuildpacks.shown(buildpack), "each buildpack once");
            }
        }
    }

    /** Those that the next build uses; empty if the app is to be detected. */
    List<Buildpack> resolved() {
        List<String> names = list();
        return names.isEmpty()
                ? detected().flatMap(context.buildpacks()::remembered).stream().toList()
                : names.stream().map(context.buildpacks()::find).toList();
    }
}
