package io.procmodel.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.error.StorageException;
import io.procmodel.scheduler.ledger.RunLedgerUnavailableException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the lease and the ledger in a database refuse: by name, with what was expected, before a table is made. */
class JdbcNamesTest {
    private static JdbcDataSource database() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:ttl;DB_CLOSE_DELAY=-1");
        return source;
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refused("lease name: \"\"", source -> JdbcLease.of(source, "")),
                refused("lease name: \"  \"", source -> JdbcLease.of(source, "  ")),
                refused("lease name: \"nnn", source -> JdbcLease.of(source, "n".repeat(201))),
                refused("scheduler name: \"\"", source -> JdbcRunLedger.of(source, "")),
                refused("scheduler name: \"  \"", source -> JdbcRunLedger.of(source, "  ")),
                refused("scheduler name: \"nnn", source -> JdbcRunLedger.of(source, "n".repeat(101))));
    }

    private static Arguments refused(String message, Consumer<DataSource> call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aNameThatIsBlankOrTooLongIsRefusedAndNoTableIsMade(String message, Consumer<DataSource> call)
            throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:names;DB_CLOSE_DELAY=-1");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> call.accept(source))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining(message)
                    .hasMessageContaining("expected: ");
            try (ResultSet tables = connection.getMetaData().getTables(null, null, "%PROCMODEL%", null)) {
                assertThat(tables.next()).isFalse();
            }
            statement.execute("SHUTDOWN");
        }
    }

    static Stream<Duration> timesToLive() {
        return Stream.of(Duration.ofMillis(499), Duration.ZERO, Duration.ofSeconds(-10), Duration.ofHours(25));
    }

    @ParameterizedTest
    @MethodSource("timesToLive")
    void aTimeToLiveOutOfBoundsIsRefused(Duration ttl) {
        JdbcLease lease = JdbcLease.of(database(), "shop/clock");
        assertThatThrownBy(() -> lease.ttl(ttl))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("lease time to live: \"" + ttl + "\"")
                .hasMessageContaining("PT0.5S to PT24H");
        assertThat(lease.ttl()).contains(JdbcLease.DEFAULT_TTL);
    }

    @Test
    void anotherDatabaseIsRefusedByItsName() {
        DataSource other = other("Oracle");
        assertThatThrownBy(() -> JdbcLease.of(other, "clock"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("database: \"Oracle\"")
                .hasMessageContaining("PostgreSQL or H2");
        assertThatThrownBy(() -> JdbcRunLedger.of(other, "clock")).isInstanceOf(InvalidValueException.class);
    }

    private static DataSource other(String product) {
        DatabaseMetaData metaData = fake(DatabaseMetaData.class, product);
        Connection connection = fake(Connection.class, metaData);
        return fake(DataSource.class, connection);
    }

    /** Answers every question that has an answer of that type with it. */
    private static <T> T fake(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getReturnType().isInstance(answer) ? answer : null));
    }

    @Test
    void aDatabaseThatIsNotThereIsAStorageError() {
        JdbcDataSource gone = new JdbcDataSource();
        gone.setURL("jdbc:h2:tcp://127.0.0.1:1/./gone");
        assertThatThrownBy(() -> JdbcLease.of(gone, "clock")).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> JdbcRunLedger.of(gone, "clock")).isInstanceOf(StorageException.class);
    }

    @Test
    void aLedgerWhoseDatabaseWentAwayIsUnavailableAndTellsTheTimeBefore() throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:away;DB_CLOSE_DELAY=-1");
        JdbcRunLedger ledger = JdbcRunLedger.of(source, "clock");
        assertThat(ledger.now().orElseThrow())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
        assertThatThrownBy(() -> ledger.history("poll", 1)).isInstanceOf(RunLedgerUnavailableException.class);
    }
}
