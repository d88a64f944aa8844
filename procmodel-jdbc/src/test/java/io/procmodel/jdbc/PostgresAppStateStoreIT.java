package io.procmodel.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.procmodel.state.AppStateStore;
import io.procmodel.state.AppStateStoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.Shared.class)
class PostgresAppStateStoreIT extends AppStateStoreContract {
    private final HikariDataSource source;

    PostgresAppStateStoreIT(PostgresServer server) throws SQLException {
        this.source = server.newSchema();
    }

    @Override
    protected AppStateStore open() {
        return JdbcAppStateStore.on(source);
    }

    @Override
    protected AppStateStore sharedStore() {
        return JdbcAppStateStore.on(source);
    }

    @AfterEach
    void closePool() {
        source.close();
    }
}
