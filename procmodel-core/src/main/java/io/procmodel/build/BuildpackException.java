package io.procmodel.build;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A buildpack does not keep the buildpack API: a file of it is missing or not executable, or what it says cannot be
 * understood. Nothing has changed; the buildpack needs mending, not the app.
 */
public final class BuildpackException extends BuildException {
    private static final long serialVersionUID = 1L;

    private final String buildpack;

    /**
     * Creates the error with the message {@code buildpack: reason (expected: expected)}.
     *
     * @param buildpack which buildpack
     * @param reason what is wrong with it
     * @param expected what would do
     * @param cause the underlying failure, or null
     */
    public BuildpackException(String buildpack, String reason, String expected, @Nullable Throwable cause) {
        super("buildpack " + buildpack + ": " + reason + " (expected: " + expected + ")", List.of(), cause);
        this.buildpack = buildpack;
    }

    /** Which buildpack. */
    public String buildpack() {
        return buildpack;
    }
}
