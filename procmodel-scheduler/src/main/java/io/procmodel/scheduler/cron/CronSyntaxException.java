package io.procmodel.scheduler.cron;

import org.jspecify.annotations.Nullable;

/** A cron text breaks its grammar; the public API turns this into its own error with the whole expression. */
public final class CronSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String field;
    private final int column;
    private final String found;
    private final String expected;
    private final String hint;

    CronSyntaxException(@Nullable String field, int column, String found, String expected, String hint) {
        super(found + " (expected: " + expected + ")", null, false, false);
        this.field = field;
        this.column = column;
        this.found = found;
        this.expected = expected;
        this.hint = hint;
    }

    /** The label of the field, or null if the expression as a whole is wrong. */
    public @Nullable String field() {
        return field;
    }

    /** Where the offending text begins, counted from 1. */
    public int column() {
        return column;
    }

    /** The offending text. */
    public String found() {
        return found;
    }

    /** What the grammar wants there. */
    public String expected() {
        return expected;
    }

    /** What to write instead, or an empty text. */
    public String hint() {
        return hint;
    }
}
