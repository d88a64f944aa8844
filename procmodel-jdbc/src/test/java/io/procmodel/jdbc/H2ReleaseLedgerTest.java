package io.procmodel.jdbc;

import io.procmodel.release.ReleaseLedger;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class H2ReleaseLedgerTest extends SharedLedgerContract {
    @TempDir
    Path directory;

    private @Nullable H2Database database;

    @Override
    protected ReleaseLedger open(InstantSource clock) {
        try {
            closeDatabase();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return super.open(clock);
    }

    @Override
    DataSource source() {
        if (database == null) {
            database = new H2Database(directory);
        }
        return database.source();
    }

    @AfterEach
    void closeDatabase() throws SQLException {
        if (database != null) {
            database.close();
            database = null;
        }
    }
}
