package io.procmodel.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.StorageException;
import io.procmodel.name.AppName;
import io.procmodel.release.LedgerOptions;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDraft;
import io.procmodel.release.ReleaseLedger;
import io.procmodel.release.ReleaseStatus;
import io.procmodel.state.StateName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database refuses one statement in the middle of a change. */
class FailingStatementTest {
    private static final AppName SHOP = AppName.of("shop");

    private final H2Database database = H2Database.inMemory();
    private final AtomicReference<Failure> next = new AtomicReference<>();
    private final ReleaseLedger ledger =
            JdbcReleaseLedgers.on(proxy(DataSource.class, database.source())).open(SHOP, LedgerOptions.standard());

    /**
     * What fails once.
     *
     * @param sql a part of the statement
     * @param state what the database says
     */
    private record Failure(String sql, String state) {}

    @AfterEach
    void close() throws SQLException {
        ledger.close();
        database.close();
    }

    private static ReleaseDraft pending() {
        return ReleaseDraft.of("ada", "Initial release").pending();
    }

    @Test
    void aBrokenConnectionWhileAStatusIsLookedUpIsAStorageErrorAndNothingIsChanged() {
        ledger.append(pending());
        next.set(new Failure("FROM procmodel_ledger_record", "08006"));

        assertThatThrownBy(() -> ledger.changeStatus(1, ReleaseStatus.SUCCEEDED))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("the release ledger of shop");
        assertThat(ledger.get(1)).map(Release::status).contains(ReleaseStatus.PENDING);
    }

    @Test
    void aLostRaceWhileAStatusIsLookedUpIsRunAgain() {
        ledger.append(pending());
        next.set(new Failure("FROM procmodel_ledger_record", "40001"));

        assertThat(ledger.changeStatus(1, ReleaseStatus.SUCCEEDED).status()).isEqualTo(ReleaseStatus.SUCCEEDED);
    }

    /** H2 syncs after its commit: what fails there must not be made again. */
    @Test
    void anAppendWhoseSyncFailedIsMadeOnce() {
        next.set(new Failure("CHECKPOINT SYNC", "HYT00"));

        assertThat(ledger.append(pending()).version()).isEqualTo(1);
        assertThat(next.get()).as("it failed").isNull();
        assertThat(ledger.list()).hasSize(1);
    }

    /** PostgreSQL says so when two make the same table, even if both say IF NOT EXISTS. */
    @Test
    void aTableThatAnotherComponentsHostMakesAtTheSameTimeIsTakenAsItIs() {
        next.set(new Failure("CREATE TABLE IF NOT EXISTS procmodel_schema", "23505"));
        JdbcAppStateStore states = JdbcAppStateStore.on(proxy(DataSource.class, database.source()));

        assertThat(next.get()).as("it failed").isNull();
        assertThat(states.load(SHOP, StateName.of("formation"))).isEmpty();
    }

    /** As the object is, but for the statement that is to fail. */
    private <T> T proxy(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(real, method, arguments)));
    }

    private Object call(Object real, Method method, Object[] arguments) throws Throwable {
        Failure failure = next.get();
        if (failure != null && arguments != null && String.valueOf(arguments[0]).contains(failure.sql)) {
            next.set(null);
            throw new SQLException("the statement failed", failure.state);
        }
        try {
            Object answer = method.invoke(real, arguments);
            if (answer instanceof Connection) {
                return proxy(Connection.class, answer);
            }
            return method.getName().equals("createStatement") ? proxy(Statement.class, answer) : answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
