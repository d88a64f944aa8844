package io.procmodel;

import io.procmodel.build.BuildOutput;
import io.procmodel.build.BuildResult;
import io.procmodel.release.ReleaseDraft;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a buildpack's {@code bin/release} asks for besides process types, which counts for the first deploy only (Heroku:
 * BLD-18, ADD-17).
 */
record FirstDeploy(BuildResult result, BuildOutput output) {
    static FirstDeploy of(BuildResult result, BuildOutput output) {
        return new FirstDeploy(result, output);
    }

    /** The draft with the slug, and, if it is the app's first one, with those config vars that are not set. */
    ReleaseDraft applyTo(ReleaseDraft draft) {
        if (draft.slug().isPresent()) {
            return draft.slug(result.slug());
        }
        result.release()
                .addOns()
                .forEach(addOn -> output.warning("The buildpack asks for the add-on " + addOn + "; add it yourself"));
        Map<String, String> missing =
                new LinkedHashMap<>(result.release().configVars().asMap());
        missing.keySet().removeAll(draft.config().keys());
        return draft.slug(result.slug()).config(draft.config().withAll(missing));
    }
}
