package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * No buildpack is for this app: none of those that were asked detected it, or one that the app has set did not (Heroku:
 * BLD-25). The message names what was looked for and what is there. Nothing has changed.
 */
public final class NoBuildpackException extends BuildException {
    private static final long serialVersionUID = 1L;

    private final ImmutableList<String> lookedFor;

    private NoBuildpackException(String message, List<String> lookedFor) {
        super(message);
        this.lookedFor = ImmutableList.copyOf(lookedFor);
    }

    static NoBuildpackException noneOf(List<String> lookedFor, RootFiles found) {
        return new NoBuildpackException(
                "no buildpack is for this app (expected: the files of one of " + String.join(", ", lookedFor) + "); "
                        + found,
                lookedFor);
    }

    static NoBuildpackException setButNotFor(String buildpack, RootFiles found) {
        return new NoBuildpackException(
                "the app is not compatible with its buildpack " + buildpack
                        + " (expected: an app that its detection accepts, or other buildpacks); " + found,
                List.of(buildpack));
    }

    /** The buildpacks that were asked, and how they know their apps. */
    public List<String> lookedFor() {
        return lookedFor;
    }
}
