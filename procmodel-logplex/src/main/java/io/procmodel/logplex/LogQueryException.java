package io.procmodel.logplex;

import io.procmodel.error.ProcModelException;

/** A text is no log query; its first mistake is named. Correct the text and parse again. */
public final class LogQueryException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final String query;
    private final int column;
    private final String expected;

    LogQueryException(String query, int column, String found, String expected) {
        super("log query, column " + column + ": \"" + found + "\" (expected: " + expected + ") in \"" + query + "\"");
        this.query = query;
        this.column = column;
        this.expected = expected;
    }

    /** The whole text. */
    public String query() {
        return query;
    }

    /** Where the mistake is, counted from 1. */
    public int column() {
        return column;
    }

    /** What would have been right there, in words. */
    public String expected() {
        return expected;
    }
}
