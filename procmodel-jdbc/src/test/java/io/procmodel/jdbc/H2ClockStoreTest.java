package io.procmodel.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.lease.Lease;
import io.procmodel.lease.LeaseContract;
import io.procmodel.scheduler.ledger.History;
import io.procmodel.scheduler.ledger.RunLedger;
import io.procmodel.scheduler.ledger.RunLedgerContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lease and the ledger of runs in H2. */
class H2ClockStoreTest {
    @Nested
    class LeaseTest extends LeaseContract {
        @TempDir
        Path directory;

        private H2Database database;

        @BeforeEach
        void openDatabase() {
            database = new H2Database(directory);
        }

        @Override
        protected Lease lease(String name) {
            return JdbcLease.of(database.source(), name);
        }

        @Override
        protected void passTimeToLive() {
            ClockTables.expireLeases(database.source());
        }

        @AfterEach
        void closeDatabase() throws SQLException {
            database.close();
        }
    }

    @Nested
    class LedgerTest extends RunLedgerContract {
        @TempDir
        Path directory;

        private H2Database database;

        @Override
        protected RunLedger open(History history) {
            if (database == null) {
                database = new H2Database(directory);
            }
            return JdbcRunLedger.of(database.source(), "clock", history);
        }

        @Override
        protected String goneHost() {
            return ClockTables.hostSilentForAnHour(database.source());
        }

        @AfterEach
        void closeDatabase() throws SQLException {
            database.close();
        }
    }

    /** Where a host's language has digits of its own. */
    @Test
    void intervalsAreWrittenInTheDigitsOfSql() {
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("fa"));
        try {
            assertThat(RunTables.seconds(Duration.ofMillis(2_050))).isEqualTo("INTERVAL '2.050' SECOND");
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }
}
