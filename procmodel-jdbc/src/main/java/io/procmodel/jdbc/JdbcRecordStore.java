package io.procmodel.jdbc;

import io.procmodel.error.StorageException;
import io.procmodel.jdbc.sql.Database;
import io.procmodel.jdbc.sql.Dialect;
import io.procmodel.jdbc.sql.SqlErrors;
import io.procmodel.jdbc.sql.UnknownCommitException;
import io.procmodel.name.AppName;
import io.procmodel.release.LedgerHead;
import io.procmodel.release.RecordStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The records of one app's ledger in two tables: one row that every writer locks, and one row per record. */
final class JdbcRecordStore implements RecordStore {
    private final Database database;
    private final String app;

    private JdbcRecordStore(Database database, AppName app) {
        this.database = database;
        this.app = app.value();
    }

    /** The records of an app; the row to lock is made when it is missing. */
    static JdbcRecordStore of(Database database, AppName app) {
        JdbcRecordStore store = new JdbcRecordStore(database, app);
        store.makeHead();
        return store;
    }

    private void makeHead() {
        boolean there = database.read("open", place(), connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT 1 FROM procmodel_ledger WHERE app = ?")) {
                select.setString(1, app);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next();
                }
            }
        });
        if (!there) {
            database.change("open", place(), this::insertHead);
        }
    }

    private int insertHead(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO procmodel_ledger"
                + " (app, sequence, hash, newest, present, config_of) VALUES (?, 0, ?, 0, 0, 0)")) {
            insert.setString(1, app);
            insert.setString(2, LedgerHead.EMPTY.hash());
            return insert.executeUpdate();
        } catch (SQLException e) {
            if (!Dialect.isDuplicate(e)) {
                throw e;
            }
            connection.rollback();
            return 0;
        }
    }

    @Override
    public String place() {
        return "the release ledger of " + app;
    }

    @Override
    public <T> T read(Function<Reading, T> work) {
        return database.read("read", place(), connection -> {
            LedgerStatements statements = new LedgerStatements(connection, app, false);
            return statements.run(() -> work.apply(statements));
        });
    }

    /** What a transaction did, should its commit not be answered. */
    private record Made<T>(T result, LedgerHead advanced) {}

    @Override
    public <T> T write(Function<Writing, T> work) {
        List<Made<T>> attempts = new ArrayList<>();
        try {
            return database.change(connection -> {
                Made<T> made = make(connection, work);
                attempts.add(made);
                return made.result();
            });
        } catch (UnknownCommitException e) {
            Made<T> last = attempts.get(attempts.size() - 1);
            if (isThere(last.advanced(), e)) {
                return last.result();
            }
            throw new StorageException("append to", place(), SqlErrors.quotingNothing(e));
        } catch (SQLException e) {
            throw new StorageException("append to", place(), SqlErrors.quotingNothing(e));
        }
    }

    private <T> Made<T> make(Connection connection, Function<Writing, T> work) throws SQLException {
        LedgerStatements statements = new LedgerStatements(connection, app, true);
        T result = statements.run(() -> work.apply(statements));
        statements.flush();
        return new Made<>(result, statements.advanced());
    }

    /**
     * Whether a change whose commit was not answered was made after all. The lock on the head waits for the end of that
     * commit, and the hash of its last record is like no other.
     */
    private boolean isThere(LedgerHead advanced, UnknownCommitException reason) {
        try {
            return database.change(connection -> {
                LedgerStatements statements = new LedgerStatements(connection, app, true);
                return statements.run(() -> {
                    statements.head();
                    return statements.after(advanced.sequence() - 1, 1).stream()
                            .anyMatch(record -> record.hash().equals(advanced.hash()));
                });
            });
        } catch (SQLException | RuntimeException e) {
            reason.addSuppressed(e);
            throw new StorageException(
                    "tell whether the append was made to", place(), SqlErrors.quotingNothing(reason));
        }
    }

    @Override
    public Optional<String> keys() {
        return database.read("read", place(), connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT data_keys FROM procmodel_ledger WHERE app = ?")) {
                select.setString(1, app);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public boolean replaceKeys(Optional<String> before, String after) {
        String condition = before.isPresent() ? "data_keys = ?" : "data_keys IS NULL";
        return database.change("write", place(), connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE procmodel_ledger SET data_keys = ? WHERE app = ? AND " + condition)) {
                update.setString(1, after);
                update.setString(2, app);
                if (before.isPresent()) {
                    update.setString(3, before.get());
                }
                return update.executeUpdate() == 1;
            }
        });
    }
}
