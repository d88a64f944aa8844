package io.procmodel;

import com.google.common.collect.ImmutableList;
import io.procmodel.name.AppName;
import io.procmodel.release.Release;
import java.util.List;
import java.util.Optional;

/**
 * What became of a promotion, app by app (Heroku: PIPE-5).
 *
 * @param source the app that was promoted
 * @param release its release, whose slug the targets got
 * @param targets what became of each target
 */
public record Promotion(AppName source, Release release, List<Target> targets) {
    /** Copies the list. */
    public Promotion {
        targets = ImmutableList.copyOf(targets);
    }

    /**
     * One target of a promotion.
     *
     * @param app the app
     * @param release its new release, which may have failed; empty if there is none
     * @param error why it failed, or empty if it did not
     */
    public record Target(AppName app, Optional<Release> release, Optional<String> error) {
        /** Whether the app has the slug now. */
        public boolean succeeded() {
            return error.isEmpty();
        }
    }

    /** Whether every target has the slug now. */
    public boolean succeeded() {
        return targets.stream().allMatch(Target::succeeded);
    }
}
