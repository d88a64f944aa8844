package io.procmodel.jdbc;

import io.procmodel.state.AppStateStore;
import io.procmodel.state.AppStateStoreContract;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class H2AppStateStoreTest extends AppStateStoreContract {
    @TempDir
    Path directory;

    private @Nullable H2Database database;

    @Override
    protected AppStateStore open() throws SQLException {
        closeDatabase();
        database = new H2Database(directory);
        return JdbcAppStateStore.on(database.source());
    }

    @Override
    protected AppStateStore sharedStore() {
        return JdbcAppStateStore.on(database.source());
    }

    @AfterEach
    void closeDatabase() throws SQLException {
        if (database != null) {
            database.close();
            database = null;
        }
    }
}
