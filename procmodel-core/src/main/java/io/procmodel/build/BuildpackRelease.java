package io.procmodel.build;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.procmodel.config.ConfigVars;
import io.procmodel.procfile.ProcessType;
import java.util.Arrays;
import java.util.List;

/**
 * What a buildpack says about an app that it has compiled (Heroku: BLD-18). Immutable.
 *
 * @param defaultProcessTypes what the app can run if its Procfile does not say otherwise
 * @param addOns add-ons that the app needs, as {@code service:plan}; only a first deploy takes note of them (ADD-17)
 * @param configVars config vars for the first deploy, which win over none that is set; an old part of the API
 */
public record BuildpackRelease(List<ProcessType> defaultProcessTypes, List<String> addOns, ConfigVars configVars) {
    /** Copies the lists. */
    public BuildpackRelease {
        defaultProcessTypes = ImmutableList.copyOf(defaultProcessTypes);
        addOns = ImmutableList.copyOf(addOns);
        requireNonNull(configVars, "configVars");
    }

    /** A release with these process types and nothing else. */
    public static BuildpackRelease of(ProcessType... defaultProcessTypes) {
        return of(Arrays.asList(defaultProcessTypes));
    }

    /** A release with these process types and nothing else. */
    public static BuildpackRelease of(List<ProcessType> defaultProcessTypes) {
        return new BuildpackRelease(defaultProcessTypes, List.of(), ConfigVars.empty());
    }
}
