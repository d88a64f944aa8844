package io.procmodel.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;

/** An H2 database in a file or in memory, open until {@link #close}. */
public final class H2Database implements AutoCloseable {
    private final JdbcConnectionPool pool;

    /** Opens the database in {@code directory}, creating it if it is missing. */
    public H2Database(Path directory) {
        this(url(directory));
    }

    private H2Database(String url) {
        pool = JdbcConnectionPool.create(url, "sa", "");
        pool.setMaxConnections(20);
    }

    /** A database that nothing is left of. */
    static H2Database inMemory() {
        return new H2Database("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    /** Its address. */
    static String url(Path directory) {
        return "jdbc:h2:file:" + directory.resolve("h2") + ";DB_CLOSE_DELAY=-1";
    }

    /** Connections to it. */
    public JdbcConnectionPool source() {
        return pool;
    }

    @Override
    public void close() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } finally {
            pool.dispose();
        }
    }
}
