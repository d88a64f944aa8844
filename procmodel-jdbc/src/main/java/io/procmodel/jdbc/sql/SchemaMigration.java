package io.procmodel.jdbc.sql;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.ProcModelException;
import io.procmodel.error.StorageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The tables of one component as numbered steps, applied once each and in order, by whichever host comes first. A step that
 * was released is never edited; a change is one more step. Where the database commits each definition at once (H2), a step
 * can be cut short and begun again, so every statement says {@code IF NOT EXISTS} or does no harm twice. Immutable.
 */
public final class SchemaMigration {
    private static final int REGISTRATIONS = 3;
    private static final int LOOKS = 40;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS procmodel_schema"
            + " (component VARCHAR(40) PRIMARY KEY, version INT NOT NULL)";

    private final String component;
    private final ImmutableList<List<String>> steps;

    private SchemaMigration(String component, ImmutableList<List<String>> steps) {
        this.component = component;
        this.steps = steps;
    }

    /** The empty schema of a component, for example {@code releases}. */
    public static SchemaMigration of(String component) {
        return new SchemaMigration(component, ImmutableList.of());
    }

    /** This schema and one step more. {@code BYTEA} in it becomes what the database calls it. */
    public SchemaMigration step(String... statements) {
        return new SchemaMigration(
                component,
                ImmutableList.<List<String>>builder()
                        .addAll(steps)
                        .add(ImmutableList.copyOf(statements))
                        .build());
    }

    /**
     * Applies the steps that are missing; idempotent, and safe when several hosts do it at the same time.
     *
     * @throws StorageException if the database refuses
     * @throws ProcModelException if the schema is newer than these steps
     */
    public void apply(Database database) {
        try {
            register(database);
            boolean done = false;
            while (!done) {
                done = step(database);
            }
        } catch (SQLException e) {
            throw new StorageException("migrate", "the schema of " + component, SqlErrors.quotingNothing(e));
        }
    }

    /** H2 commits with every change of a table, which gives the lock away: another host may be at the same step. */
    private boolean step(Database database) throws SQLException {
        int before = database.change(connection -> version(connection, ""));
        try {
            return database.change(connection -> applyNext(connection, database.dialect()));
        } catch (SQLException e) {
            if (Dialect.isNoSql(e) || !anotherHostGoesBeyond(before, database)) {
                throw e;
            }
            return false;
        }
    }

    private boolean anotherHostGoesBeyond(int version, Database database) throws SQLException {
        for (int look = 0; look < LOOKS; look++) {
            if (database.change(connection -> version(connection, "")) > version) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return false;
    }

    /** The table is all components': one that another component's host makes at the same time is in the way once. */
    private void register(Database database) throws SQLException {
        for (int attempt = 1; !isRegistered(database); attempt++) {
            try {
                database.change(this::insertComponent);
            } catch (SQLException e) {
                if (attempt == REGISTRATIONS && !isRegistered(database)) {
                    throw e;
                }
            }
        }
    }

    private int insertComponent(Connection connection) throws SQLException {
        Dialect.run(connection, TABLE);
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO procmodel_schema (component, version) VALUES (?, 0)")) {
            insert.setString(1, component);
            return insert.executeUpdate();
        }
    }

    private boolean isRegistered(Database database) {
        try {
            return database.change(connection -> version(connection, "") >= 0);
        } catch (SQLException e) {
            return false; // there is no table yet
        }
    }

    /** Applies one step under the lock on the component's row, and says whether none was missing. */
    private boolean applyNext(Connection connection, Dialect dialect) throws SQLException {
        int version = version(connection, " FOR UPDATE");
        if (version > steps.size()) {
            throw new ProcModelException("schema of " + component + ": version " + version + " (expected: at most "
                    + steps.size() + "; a newer procmodel has migrated this database)");
        }
        if (version == steps.size()) {
            return true;
        }
        for (String statement : steps.get(version)) {
            Dialect.run(connection, statement.replace("BYTEA", dialect.type("BYTEA")));
        }
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE procmodel_schema SET version = ? WHERE component = ? AND version = ?")) {
            update.setInt(1, version + 1);
            update.setString(2, component);
            update.setInt(3, version);
            update.executeUpdate();
        }
        return false;
    }

    private int version(Connection connection, String lock) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT version FROM procmodel_schema WHERE component = ?" + lock)) {
            select.setString(1, component);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getInt(1) : -1;
            }
        }
    }
}
