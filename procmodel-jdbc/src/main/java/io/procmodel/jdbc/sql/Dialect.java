package io.procmodel.jdbc.sql;

import io.procmodel.error.InvalidValueException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

/** What the databases do differently. */
public enum Dialect {
    /** PostgreSQL from 12 on. */
    POSTGRESQL {
        /**
         * A server may be set to acknowledge commits early; this raises the promise to its own disk, never lowers it. The
         * transaction of a host that is stopped ends by itself.
         */
        @Override
        void beginDurable(Connection connection, Duration patience) throws SQLException {
            run(
                    connection,
                    "SELECT set_config('idle_in_transaction_session_timeout', '" + patience.toMillis() + "', true),"
                            + " set_config('synchronous_commit', CASE current_setting('synchronous_commit')"
                            + " WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)");
        }

        @Override
        void afterCommit(Connection connection) {}

        @Override
        public String type(String portable) {
            return portable;
        }
    },
    /** H2 from 2.2 on. */
    H2 {
        @Override
        void beginDurable(Connection connection, Duration patience) {}

        /** Without this H2 syncs when it finds the time, whatever {@code WRITE_DELAY} says. */
        @Override
        void afterCommit(Connection connection) throws SQLException {
            run(connection, "CHECKPOINT SYNC");
        }

        @Override
        public String type(String portable) {
            return portable.equals("BYTEA") ? "VARBINARY(20000000)" : portable;
        }
    };

    /** Serialization failure, deadlock, and H2's own numbers for the same. */
    private static final Set<String> LOST_RACE = Set.of("40001", "40P01", "HYT00", "90131");

    /** A syntax error, by the standard and by PostgreSQL's and H2's own numbers. */
    private static final Set<String> NO_SQL = Set.of("42000", "42601", "42001");

    /**
     * The dialect of the database behind a connection.
     *
     * @throws InvalidValueException if it is another product
     */
    public static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "H2" -> H2;
            default -> throw new InvalidValueException("database", product, "PostgreSQL or H2");
        };
    }

    /** To be called first in a transaction whose commit must be on the disk when it returns. */
    abstract void beginDurable(Connection connection, Duration patience) throws SQLException;

    /** To be called after a commit, before it is acknowledged. */
    abstract void afterCommit(Connection connection) throws SQLException;

    /** The database's time now, not when the transaction began, as far as the database tells them apart. */
    public String clock() {
        return this == POSTGRESQL ? "clock_timestamp()" : "CURRENT_TIMESTAMP";
    }

    /** The name of a column type that PostgreSQL calls {@code portable}. */
    public abstract String type(String portable);

    /** Whether the same transaction may succeed when it is tried again. */
    static boolean isLostRace(SQLException e) {
        return LOST_RACE.contains(String.valueOf(e.getSQLState()));
    }

    /** Whether a row with the same key is there already. */
    public static boolean isDuplicate(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    /** Whether a statement is none, whatever the database holds. */
    static boolean isNoSql(SQLException e) {
        return NO_SQL.contains(String.valueOf(e.getSQLState()));
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
