package io.procmodel.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.lease.HeldLease;
import io.procmodel.lease.LeaseUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lease is taken, and the database goes away before it says so. */
class LostAnswerTest {
    private final JdbcDataSource database = new JdbcDataSource();
    private final AtomicInteger lost = new AtomicInteger();
    private final JdbcLease lease;

    LostAnswerTest() {
        database.setURL("jdbc:h2:mem:lost;DB_CLOSE_DELAY=-1");
        lease = JdbcLease.of(proxy(DataSource.class, database), "clock");
    }

    @AfterEach
    void shutDown() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }

    @Test
    void theNextAttemptHasItAtOnceAndOthersDoNot() {
        JdbcLease other = JdbcLease.of(database, "clock");
        assertThat(lease.tryAcquire()).isPresent();
        ClockTables.expireLeases(database);
        lost.set(1);
        assertThatThrownBy(lease::tryAcquire).isInstanceOf(LeaseUnavailableException.class);
        assertThat(other.tryAcquire()).as("the lease is taken").isEmpty();

        HeldLease held = lease.tryAcquire().orElseThrow();
        assertThat(held.token()).isEqualTo(3);
        assertThat(held.renew()).isTrue();
        assertThat(lease.tryAcquire()).as("only once").isEmpty();
    }

    /** As the object is, but that the answer to a commit gets lost as often as {@link #lost} says. */
    private <T> T proxy(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(real, method, arguments)));
    }

    private Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            Object answer = method.invoke(real, arguments);
            if (method.getName().equals("commit") && lost.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new SQLException("connection reset", "08006");
            }
            return answer instanceof Connection ? proxy(Connection.class, answer) : answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
