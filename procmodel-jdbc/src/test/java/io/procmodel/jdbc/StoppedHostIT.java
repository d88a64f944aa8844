package io.procmodel.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.procmodel.jdbc.sql.Database;
import io.procmodel.lease.HeldLease;
import io.procmodel.lease.LeaseUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A host that is stopped in the middle of a transaction, as a suspended machine is, while it holds a lock. */
@ExtendWith(PostgresServer.Shared.class)
class StoppedHostIT {
    private static final long LIMIT_SECONDS = 60;

    @Test
    void itDoesNotKeepTheLeaseFromOthers(PostgresServer server) throws Exception {
        try (HikariDataSource source = server.newSchema()) {
            JdbcLease lease = JdbcLease.of(source, "clock");
            assertThat(lease.tryAcquire()).isPresent();
            ClockTables.expireLeases(source);
            CountDownLatch locked = new CountDownLatch(1);
            CountDownLatch goesOn = new CountDownLatch(1);
            CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> holdLock(source, locked, goesOn));
            assertThat(locked.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();

            HeldLease taken = acquire(lease);
            goesOn.countDown();

            assertThat(taken.token()).isEqualTo(2);
            assertThatThrownBy(() -> stopped.get(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(SQLException.class);
            assertThat(taken.renew()).isTrue();
        }
    }

    /** Two seconds are what an attempt takes at most; a busy machine may need more than one. */
    private static HeldLease acquire(JdbcLease lease) {
        AtomicReference<HeldLease> taken = new AtomicReference<>();
        Awaitility.await()
                .atMost(Duration.ofSeconds(LIMIT_SECONDS))
                .pollDelay(Duration.ZERO)
                .ignoreException(LeaseUnavailableException.class)
                .until(() -> lease.tryAcquire()
                        .map(held -> taken.compareAndSet(null, held))
                        .orElse(false));
        return taken.get();
    }

    private static boolean holdLock(HikariDataSource source, CountDownLatch locked, CountDownLatch goesOn) {
        try {
            return Database.on(source).patience(Duration.ofSeconds(1)).change(connection -> {
                lockRow(connection);
                locked.countDown();
                return await(goesOn);
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void lockRow(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE procmodel_lease SET holder = 'stopped'");
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
