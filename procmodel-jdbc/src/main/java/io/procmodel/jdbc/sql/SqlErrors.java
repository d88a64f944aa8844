package io.procmodel.jdbc.sql;

import java.sql.BatchUpdateException;
import java.sql.SQLException;

/** Errors of a database as they may be shown: some quote the values of the row that they are about. */
public final class SqlErrors {
    private static final String DATA_EXCEPTION = "22";

    private SqlErrors() {}

    /** The error with the first line of its message, which names no value, and without the errors that it came from. */
    public static SQLException quotingNothing(SQLException e) {
        SQLException shown = new SQLException(message(e), e.getSQLState(), e.getErrorCode());
        shown.setStackTrace(e.getStackTrace());
        return shown;
    }

    private static String message(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (e instanceof BatchUpdateException || state.startsWith(DATA_EXCEPTION)) {
            return "SQL state " + state;
        }
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
