package io.procmodel;

import com.fasterxml.jackson.core.JsonFactory;
import com.google.common.collect.ImmutableList;
import io.procmodel.build.Buildpack;
import io.procmodel.error.InvalidValueException;
import io.procmodel.name.AppName;
import io.procmodel.state.StateName;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The buildpacks that an app has set, what {@code heroku buildpacks} is about; they survive the end of the platform. Each is
 * a name that the platform knows, such as {@code heroku/nodejs}, or the path of a directory with {@code bin/detect} and
 * {@code bin/compile}. With none set, the first of the platform's buildpacks that detects the app builds it (Heroku: BLD-21
 * to BLD-23). Changes count from the next build on. Thread-safe.
 */
public final class AppBuildpacks {
    private static final StateName STATE = StateName.of("buildpacks");

    private final AppName app;
    private final AppContext context;
    private final JsonFactory json = new JsonFactory();

    AppBuildpacks(AppName app, AppContext context) {
        this.app = app;
        this.context = context;
    }

    /** The buildpacks in the order in which they build the app; empty if none is set. */
    public List<String> list() {
        return context.states()
                .load(app, STATE)
                .map(document -> TextListJson.read(json, document.text()))
                .orElse(List.of());
    }

    /**
     * Sets them all.
     *
     * @throws InvalidValueException if one is neither a name that the platform knows nor a directory, or stands there twice
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

    /** Removes all, so that the app is detected again. */
    public void clear() {
        set();
    }

    private void change(UnaryOperator<List<String>> change) {
        context.states().update(app, STATE, present -> {
            List<String> changed = change.apply(
                    present.map(text -> TextListJson.read(json, text)).orElse(List.of()));
            check(changed);
            return TextListJson.write(json, changed);
        });
    }

    private void check(List<String> buildpacks) {
        for (String buildpack : buildpacks) {
            context.buildpacks().find(buildpack);
            if (buildpacks.indexOf(buildpack) != buildpacks.lastIndexOf(buildpack)) {
                throw new InvalidValueException("buildpack", buildpack, "each buildpack once");
            }
        }
    }

    /** Themselves. */
    List<Buildpack> resolved() {
        return list().stream().map(context.buildpacks()::find).toList();
    }
}
