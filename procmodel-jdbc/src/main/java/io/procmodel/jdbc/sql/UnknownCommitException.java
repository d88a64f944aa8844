package io.procmodel.jdbc.sql;

import java.sql.SQLException;

/** The database did not answer a commit: the change may have been made or not. */
public final class UnknownCommitException extends SQLException {
    private static final long serialVersionUID = 1L;

    UnknownCommitException(SQLException cause) {
        super("no answer to the commit; the change may have been made: " + cause.getMessage(), cause);
    }
}
