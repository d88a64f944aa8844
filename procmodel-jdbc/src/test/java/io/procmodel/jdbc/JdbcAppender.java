package io.procmodel.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.procmodel.name.AppName;
import io.procmodel.release.AppendingProcess;
import io.procmodel.release.LedgerOptions;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDraft;
import io.procmodel.release.ReleaseLedger;
import io.procmodel.release.ReleaseStatus;
import io.procmodel.release.Releases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A host of its own that appends to one app, and prints each release once its append has returned. */
final class JdbcAppender {
    private JdbcAppender() {}

    /** Arguments: the address of the database, the number of writers, a name for this run, the releases to append. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        AppendingProcess.awaitGo();
        HikariConfig config = new HikariConfig();
        config.setDataSource(arguments[0].startsWith("jdbc:h2:") ? h2(arguments[0]) : postgres(arguments[0]));
        int writers = Integer.parseInt(arguments[1]);
        config.setMaximumPoolSize(writers + 1);
        AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[3]));
        AtomicInteger counter = new AtomicInteger();
        try (HikariDataSource pool = new HikariDataSource(config);
                ReleaseLedger ledger = JdbcReleaseLedgers.on(pool).open(AppName.of("shop"), LedgerOptions.standard())) {
            List<Thread> threads = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                Thread thread = new Thread(() -> {
                    while (left.getAndDecrement() > 0) {
                        append(ledger, arguments[2] + "-" + counter.incrementAndGet());
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static DataSource h2(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        source.setPassword("");
        return source;
    }

    private static DataSource postgres(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    private static void append(ReleaseLedger ledger, String description) {
        Release release = ledger.append(
                ReleaseDraft.of("ada", description).slug(Releases.slug('d')).pending());
        AppendingProcess.acknowledge(release);
        ledger.changeStatus(release.version(), ReleaseStatus.SUCCEEDED);
    }
}
