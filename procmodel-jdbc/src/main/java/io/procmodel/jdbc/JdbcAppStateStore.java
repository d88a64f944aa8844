package io.procmodel.jdbc;

import io.procmodel.jdbc.sql.Database;
import io.procmodel.jdbc.sql.Dialect;
import io.procmodel.jdbc.sql.SchemaMigration;
import io.procmodel.name.AppName;
import io.procmodel.state.AppStateStore;
import io.procmodel.state.StaleStateException;
import io.procmodel.state.StateDocument;
import io.procmodel.state.StateName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * App state in a table of PostgreSQL or H2 that any number of hosts share. Thread-safe; the table is made when it is
 * missing.
 */
public final class JdbcAppStateStore implements AppStateStore {
    private static final SchemaMigration SCHEMA = SchemaMigration.of("state")
            .step("CREATE TABLE IF NOT EXISTS procmodel_state (app VARCHAR(30) NOT NULL, name VARCHAR(40) NOT NULL,"
                    + " revision BIGINT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (app, name))");

    private final Database database;

    private JdbcAppStateStore(Database database) {
        this.database = database;
    }

    /**
     * A store in the database behind {@code source}, which stays the host's to close.
     *
     * @throws io.procmodel.error.InvalidValueException if it is neither PostgreSQL nor H2
     * @throws io.procmodel.error.StorageException if the database refuses
     */
    public static JdbcAppStateStore on(DataSource source) {
        Database database = Database.on(source);
        SCHEMA.apply(database);
        return new JdbcAppStateStore(database);
    }

    @Override
    public Optional<StateDocument> load(AppName app, StateName name) {
        return database.read("read", name + " of " + app, connection -> select(connection, app, name));
    }

    private static Optional<StateDocument> select(Connection connection, AppName app, StateName name)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT document, revision FROM procmodel_state WHERE app = ? AND name = ?")) {
            select.setString(1, app.value());
            select.setString(2, name.value());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new StateDocument(rows.getString(1), rows.getLong(2)))
                        : Optional.empty();
            }
        }
    }

    @Override
    public StateDocument save(AppName app, StateName name, String text, long basedOn) {
        StateDocument saved = new StateDocument(text, basedOn + 1);
        boolean done = database.change(
                "write",
                name + " of " + app,
                connection -> basedOn == ABSENT
                        ? insert(connection, app, name, saved)
                        : update(connection, app, name, saved));
        if (!done) {
            throw new StaleStateException(app, name, basedOn);
        }
        return saved;
    }

    private static boolean insert(Connection connection, AppName app, StateName name, StateDocument saved)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO procmodel_state (document, revision, app, name) VALUES (?, ?, ?, ?)")) {
            fill(insert, app, name, saved);
            return insert.executeUpdate() == 1;
        } catch (SQLException e) {
            if (!Dialect.isDuplicate(e)) {
                throw e;
            }
            connection.rollback();
            return false;
        }
    }

    private static boolean update(Connection connection, AppName app, StateName name, StateDocument saved)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE procmodel_state SET document = ?, revision = ? WHERE app = ? AND name = ? AND revision = ?")) {
            fill(update, app, name, saved);
            update.setLong(5, saved.revision() - 1);
            return update.executeUpdate() == 1;
        }
    }

    private static void fill(PreparedStatement statement, AppName app, StateName name, StateDocument saved)
            throws SQLException {
        statement.setString(1, saved.text());
        statement.setLong(2, saved.revision());
        statement.setString(3, app.value());
        statement.setString(4, name.value());
    }

    @Override
    public void removeAll(AppName app) {
        database.change("remove", "the state of " + app, connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM procmodel_state WHERE app = ?")) {
                delete.setString(1, app.value());
                return delete.executeUpdate();
            }
        });
    }
}
