package io.procmodel.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is done in one transaction. It may be run again after it lost a race, so it changes nothing but the database.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface SqlWork<T> {
    /** Does it; the caller commits, or rolls back if this throws. */
    T run(Connection connection) throws SQLException;
}
