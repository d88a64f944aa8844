package io.procmodel.jdbc.sql;

import io.procmodel.error.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that a host gave: runs work in transactions that are durable when they return. Thread-safe; one connection per
 * transaction, given back afterwards as it was.
 */
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** A transaction that loses against others this often does so for a reason that trying again does not mend. */
    private static final int ATTEMPTS = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SoundConnections source;
    private final Dialect dialect;
    private final Duration patience;

    private Database(SoundConnections source, Dialect dialect, Duration patience) {
        this.source = source;
        this.dialect = dialect;
        this.patience = patience;
    }

    /**
     * The database behind a source of connections.
     *
     * @throws io.procmodel.error.InvalidValueException if it is neither PostgreSQL nor H2
     * @throws StorageException if it cannot be reached
     */
    public static Database on(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return new Database(new SoundConnections(source), Dialect.of(connection), PATIENCE);
        } catch (SQLException e) {
            throw new StorageException("reach", "the database", SqlErrors.quotingNothing(e));
        }
    }

    /**
     * The same database, which waits no longer than so long for the next statement of a change: a host that is stopped in the
     * middle of one must not keep its locks from the others. 10 s if nothing is said; H2 cannot do it, and waits.
     */
    public Database patience(Duration other) {
        return new Database(source, dialect, other);
    }

    /** Which database it is. */
    public Dialect dialect() {
        return dialect;
    }

    /**
     * Runs work that only reads.
     *
     * @param action what it is for the caller, for example {@code read}
     * @param place of what, for example {@code the releases of shop}
     * @throws StorageException if the database refuses
     */
    public <T> T read(String action, String place, SqlWork<T> work) {
        try {
            return attempt(false, work);
        } catch (SQLException e) {
            throw new StorageException(action, place, SqlErrors.quotingNothing(e));
        }
    }

    /**
     * Runs work and makes it durable, again and again while it only loses races. What it throws comes through with nothing
     * changed.
     *
     * @param action what it is for the caller, for example {@code write}
     * @param place of what, for example {@code the formation of shop}
     * @throws StorageException if the database refuses; when it went away during the commit nobody can say whether the
     *     change was made
     */
    public <T> T change(String action, String place, SqlWork<T> work) {
        try {
            return change(work);
        } catch (SQLException e) {
            throw new StorageException(action, place, SqlErrors.quotingNothing(e));
        }
    }

    /** Runs work as {@link #change(String, String, SqlWork)} does, with the database's own error. */
    public <T> T change(SqlWork<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(true, work);
            } catch (SQLException e) {
                if (!Dialect.isLostRace(e) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Runs a single statement that need not be durable; no lock outlives it, even if this host is stopped meanwhile. */
    public <T> T changeAlone(SqlWork<T> work) throws SQLException {
        return withConnection(true, work);
    }

    private <T> T attempt(boolean durable, SqlWork<T> work) throws SQLException {
        return withConnection(false, connection -> {
            try {
                return transact(connection, durable, work);
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            }
        });
    }

    /** An interrupt waits until the work is over: pools and drivers would break a connection by it. */
    private <T> T withConnection(boolean eachByItself, SqlWork<T> work) throws SQLException {
        boolean interrupted = Thread.interrupted();
        try {
            return source.with(connection -> withMode(connection, eachByItself, work));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> T withMode(Connection connection, boolean eachByItself, SqlWork<T> work) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(eachByItself);
        try {
            return work.run(connection);
        } finally {
            restore(connection, autoCommit);
        }
    }

    private <T> T transact(Connection connection, boolean durable, SqlWork<T> work) throws SQLException {
        if (durable) {
            dialect.beginDurable(connection, patience);
        }
        T result = work.run(connection);
        if (durable) {
            commitDurably(connection);
        } else {
            connection.commit();
        }
        return result;
    }

    private void commitDurably(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw Dialect.isLostRace(e) ? e : new UnknownCommitException(e);
        }
        try {
            dialect.afterCommit(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new UnknownCommitException(e); // it is made: it must not be made again
        }
    }

    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /** A broken connection cannot be restored, and its pool throws it away. */
    private static void restore(Connection connection, boolean autoCommit) {
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            LOG.debug("a connection is broken", e);
        }
    }
}
