package io.procmodel.slug;

import io.procmodel.error.ProcModelException;
import org.jspecify.annotations.Nullable;

/**
 * A file of the app cannot be part of a slug: a link that leaves the tree, a pipe, device or socket, a name that is not
 * UTF-8, a file that cannot be read or that changed while it was. Change the file or name it in {@code .slugignore}.
 */
public final class SlugEntryException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * Creates the error with the message {@code path: reason (expected: expected)}.
     *
     * @param path the file, relative to the root of the app, with {@code /} between names
     * @param reason what is wrong with it
     * @param expected what a slug can hold in its place
     * @param cause the underlying failure, or null
     */
    public SlugEntryException(String path, String reason, String expected, @Nullable Throwable cause) {
        super(Printable.text(path) + ": " + reason + " (expected: " + expected + ")", cause);
        this.path = path;
    }

    /** The file, relative to the root of the app. */
    public String path() {
        return path;
    }

    static SlugEntryException leavingLink(TreeEntry.SymbolicLink link) {
        return new SlugEntryException(
                link.path(),
                "symbolic link to " + Printable.text(link.target()) + " leaves the tree",
                "a relative target inside the tree",
                null);
    }

    static SlugEntryException changed(String path) {
        return new SlugEntryException(
                path, "changed its size while it was read", "a file that nothing writes to during the build", null);
    }
}
