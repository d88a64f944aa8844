package io.procmodel.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.procmodel.error.StorageException;
import io.procmodel.scheduler.ChaosHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A host of the chaos tests whose lease and ledger are in a database. */
public final class JdbcChaosHost {
    /** A busy machine may take longer to answer than a host waits. */
    private static final int ATTEMPTS = 20;

    private JdbcChaosHost() {}

    /** The database's address, the clock's skew in milliseconds, the file to write to, the lease's time to live. */
    public static void main(String[] arguments) throws IOException {
        DataSource source = pool(source(arguments[0]));
        Duration ttl = Duration.ofMillis(Long.parseLong(arguments[3]));
        for (int attempt = 1; ; attempt++) {
            try {
                JdbcLease lease = JdbcLease.of(source, "clock").ttl(ttl);
                JdbcRunLedger ledger = JdbcRunLedger.of(source, "clock", ChaosHost.HISTORY);
                ChaosHost.run(lease, ledger, Long.parseLong(arguments[1]), Path.of(arguments[2]));
                return;
            } catch (StorageException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** A machine that is busy beyond measure must not be taken for a database that is gone. */
    private static DataSource pool(DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    static DataSource source(String url) {
        if (url.startsWith("jdbc:h2:")) {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setURL(url);
            h2.setUser("sa");
            return h2;
        }
        PGSimpleDataSource postgres = new PGSimpleDataSource();
        postgres.setUrl(url + "&connectTimeout=5&socketTimeout=5&loginTimeout=5");
        return postgres;
    }
}
