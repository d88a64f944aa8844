package io.procmodel.scheduler;

import io.procmodel.error.ProcModelException;
import io.procmodel.scheduler.cron.CronSyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A schedule's text or argument breaks its rules. Nothing was registered; correct it and call again. */
public final class InvalidScheduleException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final String expression;
    private final @Nullable String field;
    private final int column;
    private final String hint;

    InvalidScheduleException(String expression, String found, String expected, String hint) {
        this(expression, null, 1, found, expected, hint, null);
    }

    private InvalidScheduleException(
            String expression,
            @Nullable String field,
            int column,
            String found,
            String expected,
            String hint,
            @Nullable Throwable cause) {
        super(message(expression, field, column, found, expected, hint), cause);
        this.expression = expression;
        this.field = field;
        this.column = column;
        this.hint = hint;
    }

    static InvalidScheduleException of(String expression, CronSyntaxException e) {
        return new InvalidScheduleException(expression, e.field(), e.column(), e.found(), e.expected(), e.hint(), e);
    }

    private static String message(
            String expression, @Nullable String field, int column, String found, String expected, String hint) {
        return "schedule \"" + expression + "\", column " + column + (field == null ? "" : ", " + field) + ": \""
                + found + "\" (expected: " + expected + ")" + (hint.isEmpty() ? "" : "; " + hint);
    }

    /** The whole text as it was given. */
    public String expression() {
        return expression;
    }

    /** The field that is wrong, for example {@code day of month}; empty if the text as a whole is. */
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** Where the offending part begins, counted from 1. */
    public int column() {
        return column;
    }

    /** What to write instead, in words; may be empty. */
    public String hint() {
        return hint;
    }
}
