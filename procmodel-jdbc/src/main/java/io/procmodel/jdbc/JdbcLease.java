package io.procmodel.jdbc;

import static java.util.Objects.requireNonNull;

import io.procmodel.error.InvalidValueException;
import io.procmodel.jdbc.sql.Database;
import io.procmodel.jdbc.sql.Dialect;
import io.procmodel.jdbc.sql.SchemaMigration;
import io.procmodel.lease.HeldLease;
import io.procmodel.lease.Lease;
import io.procmodel.lease.LeaseUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A lease in a table of PostgreSQL or H2, for all hosts that share the database. Only the database's clock counts. Taking,
 * renewing and giving back are one statement each, so no connection is kept; any pool will do, and it should give up on a
 * connection within a fraction of the time to live. Thread-safe.
 */
public final class JdbcLease implements Lease {
    /** A new holder is there within eleven seconds, and a renewal every 2.5 s is no load. */
    public static final Duration DEFAULT_TTL = Duration.ofSeconds(10);

    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int LONGEST_NAME = 200;

    /** A host that is stopped while it takes the lease is given up long before the lease would end. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int PATIENCES = 4;

    private static final SchemaMigration SCHEMA = SchemaMigration.of("lease")
            .step("CREATE TABLE IF NOT EXISTS procmodel_lease (name VARCHAR(200) PRIMARY KEY, holder VARCHAR(40),"
                    + " token BIGINT NOT NULL, expires_at TIMESTAMP(6) WITH TIME ZONE NOT NULL)");

    private final Database database;
    private final String name;
    private final Duration ttl;

    /** As whom the lease may have been taken although the answer did not arrive; the next attempt is made as the same. */
    private final AtomicReference<@Nullable String> unanswered = new AtomicReference<>();

    private JdbcLease(Database database, String name, Duration ttl) {
        Duration patience = ttl.dividedBy(PATIENCES);
        this.database = database.patience(patience.compareTo(PATIENCE) > 0 ? PATIENCE : patience);
        this.name = name;
        this.ttl = ttl;
    }

    /**
     * The lease of that name, with {@link #DEFAULT_TTL}. Its table is made if it is missing.
     *
     * @param source where connections come from; it stays the host's to close
     * @param name what the lease is about, for example {@code shop/clock}
     * @throws InvalidValueException if the name is blank or longer than 200 characters, or the database is neither
     *     PostgreSQL nor H2
     * @throws io.procmodel.error.StorageException if the database refuses
     */
    public static JdbcLease of(DataSource source, String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new InvalidValueException("lease name", name, "1 to 200 characters, not blank");
        }
        Database database = Database.on(requireNonNull(source, "source"));
        SCHEMA.apply(database);
        return new JdbcLease(database, name, DEFAULT_TTL);
    }

    /**
     * The same lease with another time to live; the same on all hosts.
     *
     * @throws InvalidValueException if it is not from half a second to a day
     */
    public JdbcLease ttl(Duration other) {
        if (other.compareTo(SHORTEST) < 0 || other.compareTo(LONGEST) > 0) {
            throw new InvalidValueException("lease time to live", other.toString(), "PT0.5S to PT24H");
        }
        return new JdbcLease(database, name, other);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Duration> ttl() {
        return Optional.of(ttl);
    }

    @Override
    public Optional<HeldLease> tryAcquire() {
        String before = unanswered.getAndSet(null);
        String holder = before == null ? UUID.randomUUID().toString() : before;
        try {
            return database.change(connection -> {
                        if (take(connection, holder)) {
                            return token(connection, holder);
                        }
                        return isThere(connection) ? Optional.<Long>empty() : first(connection, holder);
                    })
                    .map(token -> new Held(holder, token));
        } catch (SQLException e) {
            unanswered.set(holder);
            throw new LeaseUnavailableException(name, "acquire", e);
        }
    }

    private boolean take(Connection connection, String holder) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE procmodel_lease SET holder = ?, token = token + 1, expires_at = " + inTtl()
                        + " WHERE name = ? AND (holder IS NULL OR holder = ? OR expires_at <= " + now() + ")")) {
            update.setString(1, holder);
            update.setString(2, name);
            update.setString(3, holder);
            return update.executeUpdate() == 1;
        }
    }

    private Optional<Long> token(Connection connection, String holder) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT token FROM procmodel_lease WHERE name = ? AND holder = ?")) {
            select.setString(1, name);
            select.setString(2, holder);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
            }
        }
    }

    private boolean isThere(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM procmodel_lease WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Two hosts may come first at the same time; one of them finds the row there. */
    private Optional<Long> first(Connection connection, String holder) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO procmodel_lease (name, holder, token, expires_at) VALUES (?, ?, 1, " + inTtl() + ")")) {
            insert.setString(1, name);
            insert.setString(2, holder);
            insert.executeUpdate();
            return Optional.of(1L);
        } catch (SQLException e) {
            if (!Dialect.isDuplicate(e)) {
                throw e;
            }
            connection.rollback();
            return Optional.empty();
        }
    }

    private String now() {
        return database.dialect().clock();
    }

    /** The database's time, not the time at which its transaction began. */
    private String inTtl() {
        return now() + " + " + RunTables.seconds(ttl);
    }

    private boolean renew(String holder, long token) {
        return changeOwn("renew", "expires_at = " + inTtl(), holder, token);
    }

    private boolean changeOwn(String action, String change, String holder, long token) {
        try {
            return database.changeAlone(connection -> {
                try (PreparedStatement update = connection.prepareStatement(
                        "UPDATE procmodel_lease SET " + change + " WHERE name = ? AND holder = ? AND token = ?")) {
                    update.setString(1, name);
                    update.setString(2, holder);
                    update.setLong(3, token);
                    return update.executeUpdate() == 1;
                }
            });
        } catch (SQLException e) {
            throw new LeaseUnavailableException(name, action, e);
        }
    }

    @Override
    public String toString() {
        return "lease " + name;
    }

    private final class Held implements HeldLease {
        private final String holder;
        private final long token;

        Held(String holder, long token) {
            this.holder = holder;
            this.token = token;
        }

        @Override
        public long token() {
            return token;
        }

        @Override
        public boolean renew() {
            return JdbcLease.this.renew(holder, token);
        }

        @Override
        public void release() {
            changeOwn("release", "holder = NULL", holder, token);
        }
    }
}
