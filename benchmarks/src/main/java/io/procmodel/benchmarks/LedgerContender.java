package io.procmodel.benchmarks;

import io.procmodel.config.ConfigVars;
import io.procmodel.jdbc.JdbcReleaseLedgers;
import io.procmodel.name.AppName;
import io.procmodel.release.FileReleaseLedger;
import io.procmodel.release.LedgerOptions;
import io.procmodel.release.ReleaseDraft;
import io.procmodel.release.ReleaseLedger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Something that keeps records, each of them on the disk when its append returns. */
interface LedgerContender extends AutoCloseable {
    String CREATE = "CREATE TABLE record (id %s, payload %s NOT NULL)";
    String INSERT = "INSERT INTO record (payload) VALUES (?)";

    /** Appends the {@code number}th record of a writer, durably. Writers are numbered from 0. */
    void append(int writer, int number) throws Exception;

    @Override
    default void close() throws Exception {}

    /** The file ledger in a directory. */
    static LedgerContender files(Path directory) {
        return releases(FileReleaseLedger.open(directory));
    }

    /** The ledger in the database behind a source. */
    static LedgerContender jdbc(DataSource source) {
        return releases(JdbcReleaseLedgers.on(source).open(AppName.of("shop"), LedgerOptions.standard()));
    }

    /** Each release has other config vars than the one before, so that each record carries them. */
    static LedgerContender releases(ReleaseLedger ledger) {
        ReleaseDraft draft = ReleaseDraft.of("ada@example.com", "Set GREETING config vars");
        List<ReleaseDraft> drafts = List.of(draft.config(config(1)), draft.config(config(2)));
        return new LedgerContender() {
            @Override
            public void append(int writer, int number) {
                ledger.append(drafts.get(number % 2));
            }

            @Override
            public void close() {
                ledger.close();
            }
        };
    }

    private static ConfigVars config(int greeting) {
        return ConfigVars.empty()
                .with("GREETING", "hello " + greeting)
                .with("DATABASE_URL", "postgres://user:password@db.example.com:5432/shop")
                .with("RAILS_ENV", "production");
    }

    /** The floor: the bytes of one record at the end of a file, and a sync, under a lock. */
    static LedgerContender plain(Path file, byte[] record) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new LedgerContender() {
            @Override
            public void append(int writer, int number) throws IOException {
                ByteBuffer bytes = ByteBuffer.wrap(record);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /** SQLite, where every commit is synced. */
    static LedgerContender sqlite(DataSource source, byte[] record, int writers) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(CREATE.formatted("INTEGER PRIMARY KEY", "BLOB"));
        }
        return rows(source, record, writers, "");
    }

    /** H2, which syncs at a commit only when it is told to. */
    static LedgerContender h2(DataSource source, byte[] record, int writers) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    CREATE.formatted("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "VARBINARY(1000000)"));
        }
        return rows(source, record, writers, "CHECKPOINT SYNC");
    }

    /** PostgreSQL with its synchronous commit. */
    static LedgerContender postgres(DataSource source, byte[] record, int writers) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(CREATE.formatted("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "BYTEA"));
        }
        return rows(source, record, writers, "");
    }

    /** One row for each record, one connection and prepared statement for each writer, one commit for each row. */
    private static LedgerContender rows(DataSource source, byte[] record, int writers, String afterwards)
            throws SQLException {
        List<Connection> connections = new ArrayList<>();
        List<PreparedStatement> inserts = new ArrayList<>();
        List<PreparedStatement> syncs = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            Connection connection = source.getConnection();
            connections.add(connection);
            inserts.add(connection.prepareStatement(INSERT));
            if (!afterwards.isEmpty()) {
                syncs.add(connection.prepareStatement(afterwards));
            }
        }
        return new LedgerContender() {
            @Override
            public void append(int writer, int number) throws SQLException {
                PreparedStatement insert = inserts.get(writer);
                insert.setBytes(1, record);
                insert.executeUpdate();
                if (!syncs.isEmpty()) {
                    syncs.get(writer).execute();
                }
            }

            @Override
            public void close() throws SQLException {
                for (Connection connection : connections) {
                    connection.close();
                }
            }
        };
    }
}
