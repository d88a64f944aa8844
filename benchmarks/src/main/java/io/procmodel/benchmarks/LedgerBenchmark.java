package io.procmodel.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.procmodel.config.ConfigVars;
import io.procmodel.jdbc.JdbcReleaseLedgers;
import io.procmodel.name.AppName;
import io.procmodel.release.FileReleaseLedger;
import io.procmodel.release.LedgerOptions;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDraft;
import io.procmodel.release.ReleaseLedger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The times to open a release ledger of {@value #LARGE} releases, to read one of them, and to verify all.
 * {@link LedgerComparison} measures appends.
 *
 * <p>Run it with the directory to write to as its argument; the default is the directory for temporary files.
 */
public final class LedgerBenchmark {
    private static final int LARGE = 100_000;
    private static final int READS = 2_000;
    private static final int ROUNDS = 5;
    private static final int WRITERS = 100;
    private static final ReleaseDraft DRAFT = ReleaseDraft.of("ada@example.com", "Set GREETING config vars");
    private static final ConfigVars ONE = config(1);
    private static final ConfigVars TWO = config(2);

    private final String name;
    private final Supplier<ReleaseLedger> ledgers;

    private LedgerBenchmark(String name, Supplier<ReleaseLedger> ledgers) {
        this.name = name;
        this.ledgers = ledgers;
    }

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) throws Exception {
        Path parent = Path.of(arguments.length > 0 ? arguments[0] : System.getProperty("java.io.tmpdir"));
        Path directory = Files.createTempDirectory(parent, "ledger-benchmark");
        new LedgerBenchmark("files", () -> FileReleaseLedger.open(directory.resolve("files"))).openAndRead();
        Path data = Files.createDirectory(directory.resolve("postgres"));
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
                HikariDataSource postgres = LedgerComparison.pool(server.getPostgresDatabase());
                HikariDataSource h2 = LedgerComparison.pool(LedgerComparison.h2(directory.resolve("h2")))) {
            in("PostgreSQL", postgres).openAndRead();
            in("H2", h2).openAndRead();
        }
    }

    private static LedgerBenchmark in(String name, DataSource source) {
        return new LedgerBenchmark(
                name, () -> JdbcReleaseLedgers.on(source).open(AppName.of("shop"), LedgerOptions.standard()));
    }

    /** Each release has other config vars than the one before, so that each record carries them. */
    private static Release append(ReleaseLedger ledger, int number) {
        return ledger.append(DRAFT.config(number % 2 == 0 ? ONE : TWO));
    }

    private static ConfigVars config(int greeting) {
        return ConfigVars.empty()
                .with("GREETING", "hello " + greeting)
                .with("DATABASE_URL", "postgres://user:password@db.example.com:5432/shop")
                .with("RAILS_ENV", "production");
    }

    private void openAndRead() throws Exception {
        fill();
        System.out.printf("%s, %d releases%n", name, LARGE);
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            try (ReleaseLedger ledger = ledgers.get()) {
                long opened = System.nanoTime();
                long found = new Random(round)
                        .ints(READS, 1, LARGE + 1)
                        .mapToObj(ledger::get)
                        .flatMap(Optional::stream)
                        .count();
                long read = System.nanoTime();
                boolean intact = ledger.verify().isIntact();
                System.out.printf(
                        "open %d ms, read one of them %.1f us, verify %d ms (intact: %s)%n",
                        (opened - start) / 1_000_000,
                        (read - opened) / 1e3 / found,
                        (System.nanoTime() - read) / 1_000_000,
                        intact);
            }
        }
    }

    private void fill() throws InterruptedException, ExecutionException {
        try (ReleaseLedger ledger = ledgers.get()) {
            ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
            try {
                List<Future<Release>> releases = new ArrayList<>();
                for (int i = 0; i < LARGE; i++) {
                    int number = i;
                    releases.add(pool.submit(() -> append(ledger, number)));
                }
                for (Future<Release> release : releases) {
                    release.get();
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }
}
