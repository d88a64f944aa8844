package io.procmodel;

import io.procmodel.addon.AddOnRefusedException;
import io.procmodel.addon.NoSuchAddOnException;
import io.procmodel.build.BuildOutput;
import io.procmodel.build.BuildpackRelease;
import io.procmodel.error.ProcModelException;
import io.procmodel.release.ReleaseDraft;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a buildpack's {@code bin/release} asks for besides process types, which counts for the first deploy only (Heroku:
 * BLD-18, ADD-17).
 *
 * @param asked what it asks for
 */
record FirstDeploy(BuildpackRelease asked) {

    /** Orders the add-ons; one that cannot be had is a warning and no failure, because the app may do without. */
    void orderAddOns(AppAddOns addOns, BuildOutput output) {
        for (String plan : asked.addOns()) {
            try {
                output.step("Adding " + plan);
                addOns.add(plan);
            } catch (NoSuchAddOnException | AddOnRefusedException e) {
                output.warning("The buildpack asks for the add-on " + plan + ": " + firstLine(e));
            }
        }
    }

    private static String firstLine(ProcModelException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** The draft, if it is the app's first one with a slug, with those config vars that are not set. */
    ReleaseDraft applyTo(ReleaseDraft draft) {
        if (draft.slug().isPresent()) {
            return draft;
        }
        Map<String, String> missing = new LinkedHashMap<>(asked.configVars().asMap());
        missing.keySet().removeAll(draft.config().keys());
        return draft.config(draft.config().withAll(missing));
    }
}
