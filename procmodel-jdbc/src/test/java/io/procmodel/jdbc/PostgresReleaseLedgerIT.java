package io.procmodel.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.Shared.class)
class PostgresReleaseLedgerIT extends SharedLedgerContract {
    private final HikariDataSource source;

    PostgresReleaseLedgerIT(PostgresServer server) throws SQLException {
        this.source = server.newSchema();
    }

    @Override
    DataSource source() {
        return source;
    }

    @AfterEach
    void closePool() {
        source.close();
    }
}
