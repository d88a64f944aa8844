package io.procmodel.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.error.ProcModelException;
import io.procmodel.error.StorageException;
import io.procmodel.jdbc.sql.Database;
import io.procmodel.jdbc.sql.SchemaMigration;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaMigrationTest {
    private static final SchemaMigration FIRST =
            SchemaMigration.of("sample").step("CREATE TABLE IF NOT EXISTS sample (a INT, b BYTEA)");
    private static final SchemaMigration SECOND =
            FIRST.step("ALTER TABLE sample ADD COLUMN IF NOT EXISTS c INT", "UPDATE sample SET c = 7 WHERE c IS NULL");

    private H2Database h2;
    private Database database;

    @BeforeEach
    void open() {
        h2 = H2Database.inMemory();
        database = Database.on(h2.source());
    }

    @AfterEach
    void close() throws SQLException {
        h2.close();
    }

    private int query(String sql) throws SQLException {
        try (Connection connection = h2.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = h2.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void appliesOnlyTheStepsThatAreMissing() throws SQLException {
        FIRST.apply(database);
        execute("INSERT INTO sample (a) VALUES (1)");
        SECOND.apply(database);
        execute("INSERT INTO sample (a) VALUES (2)");
        SECOND.apply(database);

        assertThat(query("SELECT c FROM sample WHERE a = 1")).isEqualTo(7);
        assertThat(query("SELECT COUNT(*) FROM sample WHERE c IS NULL")).isEqualTo(1);
        assertThat(query("SELECT version FROM procmodel_schema WHERE component = 'sample'"))
                .isEqualTo(2);
    }

    @Test
    void keepsComponentsApart() throws SQLException {
        SECOND.apply(database);
        SchemaMigration.of("other").apply(database);

        assertThat(query("SELECT version FROM procmodel_schema WHERE component = 'other'"))
                .isZero();
    }

    @Test
    void refusesASchemaOfANewerVersion() {
        SECOND.apply(database);

        assertThatThrownBy(() -> FIRST.apply(database))
                .isInstanceOf(ProcModelException.class)
                .hasMessage("schema of sample: version 2 (expected: at most 1; a newer procmodel has migrated this"
                        + " database)");
    }

    @Test
    void saysWhatItCouldNotMigrate() {
        assertThatThrownBy(() ->
                        SchemaMigration.of("sample").step("CREATE NONSENSE").apply(database))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot migrate the schema of sample");
    }

    @Test
    void isAppliedOnceByHostsThatStartTogether() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> hosts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                hosts.add(() -> {
                    SECOND.apply(Database.on(h2.source()));
                    return null;
                });
            }
            for (Future<Void> host : pool.invokeAll(hosts)) {
                host.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(query("SELECT version FROM procmodel_schema WHERE component = 'sample'"))
                .isEqualTo(2);
    }

    @Test
    void refusesOtherDatabases() {
        assertThatThrownBy(() -> Database.on(sourceOf("Oracle")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("database: \"Oracle\" (expected: PostgreSQL or H2)");
    }

    private static DataSource sourceOf(String product) {
        DatabaseMetaData data = answering(DatabaseMetaData.class, product);
        Connection connection = answering(Connection.class, data);
        return answering(DataSource.class, connection);
    }

    /** An object that answers every call with {@code answer} where that fits, and with nothing elsewhere. */
    private static <T> T answering(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.getReturnType().isInstance(answer) ? answer : null));
    }
}
