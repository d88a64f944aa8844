package io.procmodel.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Makes time pass in the tables of leases and runs, since the database's own clock cannot be set. */
final class ClockTables {
    private ClockTables() {}

    static void expireLeases(DataSource source) {
        run(source, "UPDATE procmodel_lease SET expires_at = expires_at - INTERVAL '1' HOUR");
    }

    static String hostSilentForAnHour(DataSource source) {
        run(source, "DELETE FROM procmodel_run_host WHERE host = 'silent'");
        run(source, "INSERT INTO procmodel_run_host VALUES ('silent', CURRENT_TIMESTAMP - INTERVAL '1' HOUR)");
        return "silent";
    }

    private static void run(DataSource source, String sql) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
