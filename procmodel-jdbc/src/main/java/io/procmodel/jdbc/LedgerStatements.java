package io.procmodel.jdbc;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.procmodel.release.LedgerHead;
import io.procmodel.release.LedgerRecord;
import io.procmodel.release.RecordStore;
import io.procmodel.release.ReleaseStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The statements of one transaction on one app's ledger. Not thread-safe. */
final class LedgerStatements implements RecordStore.Writing {
    private static final String COLUMNS = "SELECT sequence, kind, version, status, payload, previous, hash"
            + " FROM procmodel_ledger_record WHERE app = ? AND ";

    private static final String INSERT = "INSERT INTO procmodel_ledger_record"
            + " (app, sequence, kind, version, status, payload, previous, hash) VALUES ";
    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?)";
    private static final int ROWS = 100;

    private final Connection connection;
    private final String app;
    private final boolean locking;
    private final List<LedgerRecord> pending = new ArrayList<>();
    private @Nullable LedgerHead head;
    private LedgerHead advanced = LedgerHead.EMPTY;

    LedgerStatements(Connection connection, String app, boolean locking) {
        this.connection = connection;
        this.app = app;
        this.locking = locking;
    }

    /** A database error on its way through a method that may not declare it. */
    private static final class Wrapped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SQLException wrapped;

        Wrapped(SQLException wrapped) {
            super(wrapped);
            this.wrapped = wrapped;
        }
    }

    private interface Query<T> {
        T run() throws SQLException;
    }

    private static <T> T wrapping(Query<T> query) {
        try {
            return query.run();
        } catch (SQLException e) {
            throw new Wrapped(e);
        }
    }

    /** Runs work that uses this, with the database's errors as they were. */
    <T> T run(Supplier<T> work) throws SQLException {
        try {
            return work.get();
        } catch (Wrapped e) {
            throw e.wrapped;
        }
    }

    @Override
    public LedgerHead head() {
        LedgerHead known = head;
        if (known == null) {
            known = wrapping(this::selectHead);
            head = known;
        }
        return known;
    }

    private LedgerHead selectHead() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT sequence, hash, newest, present, config_of FROM procmodel_ledger"
                        + " WHERE app = ?" + (locking ? " FOR UPDATE" : ""))) {
            select.setString(1, app);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? new LedgerHead(
                                rows.getLong(1), rows.getString(2), rows.getInt(3), rows.getInt(4), rows.getInt(5))
                        : LedgerHead.EMPTY;
            }
        }
    }

    @Override
    public List<LedgerRecord> about(int first, int last) {
        return wrapping(() -> {
            flush();
            try (PreparedStatement select =
                    connection.prepareStatement(COLUMNS + "version BETWEEN ? AND ? ORDER BY sequence")) {
                select.setString(1, app);
                select.setInt(2, first);
                select.setInt(3, last);
                return records(select);
            }
        });
    }

    /** In the whole order of the key: H2 reads and sorts all that follows otherwise, for each part. */
    @Override
    public List<LedgerRecord> after(long sequence, int count) {
        return wrapping(() -> {
            flush();
            try (PreparedStatement select =
                    connection.prepareStatement(COLUMNS + "sequence > ? ORDER BY app, sequence LIMIT ?")) {
                select.setString(1, app);
                select.setLong(2, sequence);
                select.setInt(3, count);
                return records(select);
            }
        });
    }

    private static List<LedgerRecord> records(PreparedStatement select) throws SQLException {
        ImmutableList.Builder<LedgerRecord> records = ImmutableList.builder();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                records.add(new LedgerRecord(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getInt(3),
                        ReleaseStatus.valueOf(rows.getString(4)),
                        rows.getBytes(5),
                        rows.getString(6),
                        rows.getString(7)));
            }
        }
        return records.build();
    }

    @Override
    public int newestSucceeded(int last) {
        return wrapping(() -> {
            flush();
            try (PreparedStatement select = connection.prepareStatement("SELECT MAX(r.version)"
                    + " FROM procmodel_ledger_record r WHERE r.app = ? AND r.version <= ? AND r.status = 'SUCCEEDED'"
                    + " AND NOT EXISTS (SELECT 1 FROM procmodel_ledger_record later WHERE later.app = r.app"
                    + " AND later.version = r.version AND later.sequence > r.sequence)")) {
                select.setString(1, app);
                select.setInt(2, last);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? rows.getInt(1) : 0;
                }
            }
        });
    }

    @Override
    public void append(LedgerRecord record) {
        pending.add(record);
    }

    /**
     * Sends what was appended, all with one statement; a reading of the same transaction sees it then. A JDBC batch would
     * quote the records in its errors.
     */
    void flush() throws SQLException {
        for (List<LedgerRecord> part : Lists.partition(pending, ROWS)) {
            try (PreparedStatement insert =
                    connection.prepareStatement(INSERT + ROW + ("," + ROW).repeat(part.size() - 1))) {
                int parameter = 1;
                for (LedgerRecord record : part) {
                    parameter = fill(insert, parameter, record);
                }
                insert.executeUpdate();
            }
        }
        pending.clear();
    }

    private int fill(PreparedStatement insert, int first, LedgerRecord record) throws SQLException {
        int parameter = first;
        insert.setString(parameter++, app);
        insert.setLong(parameter++, record.sequence());
        insert.setString(parameter++, record.type());
        insert.setInt(parameter++, record.version());
        insert.setString(parameter++, record.status().name());
        insert.setBytes(parameter++, record.payload());
        insert.setString(parameter++, record.previous());
        insert.setString(parameter++, record.hash());
        return parameter;
    }

    @Override
    public void advance(LedgerHead to) {
        wrapping(() -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE procmodel_ledger SET sequence = ?,"
                    + " hash = ?, newest = ?, present = ?, config_of = ? WHERE app = ?")) {
                update.setLong(1, to.sequence());
                update.setString(2, to.hash());
                update.setInt(3, to.newest());
                update.setInt(4, to.current());
                update.setInt(5, to.configOf());
                update.setString(6, app);
                return update.executeUpdate();
            }
        });
        advanced = to;
    }

    /** What the ledger was advanced to. */
    LedgerHead advanced() {
        return advanced;
    }
}
