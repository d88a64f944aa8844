package io.procmodel.build;

import io.procmodel.error.ProcModelException;

/**
 * A line of the app's {@code .slugignore} is not a glob, or uses {@code !}, which Heroku does not know either (BLD-10).
 * Nothing was built; correct the line.
 */
public final class SlugIgnoreException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    SlugIgnoreException(int line, int column, String text, String reason, String expected) {
        super(SlugIgnore.FILE_NAME + ":" + line + ":" + column + ": \"" + text + "\" " + reason + " (expected: "
                + expected + ")");
        this.line = line;
        this.column = column;
    }

    /** The line in {@code .slugignore}, from 1. */
    public int line() {
        return line;
    }

    /** The column in that line, from 1. */
    public int column() {
        return column;
    }
}
