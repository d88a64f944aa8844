package io.procmodel.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.procmodel.lease.Lease;
import io.procmodel.lease.LeaseContract;
import io.procmodel.scheduler.ledger.History;
import io.procmodel.scheduler.ledger.RunLedger;
import io.procmodel.scheduler.ledger.RunLedgerContract;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lease and the ledger of runs in PostgreSQL. */
@ExtendWith(PostgresServer.Shared.class)
class PostgresClockStoreIT {
    @Nested
    class LeaseIT extends LeaseContract {
        private final HikariDataSource source;

        LeaseIT(PostgresServer server) throws SQLException {
            this.source = server.newSchema();
        }

        @Override
        protected Lease lease(String name) {
            return JdbcLease.of(source, name);
        }

        @Override
        protected void passTimeToLive() {
            ClockTables.expireLeases(source);
        }

        @AfterEach
        void closePool() {
            source.close();
        }
    }

    @Nested
    class LedgerIT extends RunLedgerContract {
        private final HikariDataSource source;

        LedgerIT(PostgresServer server) throws SQLException {
            this.source = server.newSchema();
        }

        @Override
        protected RunLedger open(History history) {
            return JdbcRunLedger.of(source, "clock", history);
        }

        @Override
        protected String goneHost() {
            return ClockTables.hostSilentForAnHour(source);
        }

        @AfterEach
        void closePool() {
            source.close();
        }
    }
}
