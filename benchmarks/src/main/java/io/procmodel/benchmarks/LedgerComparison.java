package io.procmodel.benchmarks;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.procmodel.release.FileReleaseLedger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Durable appends per second of the release ledger in files, in H2 and in PostgreSQL, by one and by several writers, beside
 * bare SQLite, H2 and PostgreSQL that insert a row of the same bytes, and beside a plain append and force. All on one disk,
 * in one run; the contenders take turns in every round, and the median round counts. One writer of the file ledger, the plain
 * file and SQLite then take {@value #DUELS} short turns each, because the speed of a disk drifts within seconds.
 *
 * <p>Run it with the directory to write to (on a disk, not in memory), and optionally the seconds of a turn and the rounds.
 */
public final class LedgerComparison {
    private static final int[] WRITERS = {1, 8, 16};
    private static final int MOST = 16;
    private static final int DUELS = 60;
    private static final long DUEL_NANOS = Duration.ofMillis(200).toNanos();
    private static final String PLAIN = "plain append and force";
    private static final String OURS = "ledger, files";
    private static final String SQLITE = "SQLite, WAL, FULL";

    private final Path directory;
    private final long turnNanos;
    private final int rounds;
    private final Map<String, LedgerContender> contenders = new LinkedHashMap<>();
    private final Map<String, List<Double>> rates = new LinkedHashMap<>();

    private LedgerComparison(Path directory, double seconds, int rounds) {
        this.directory = directory;
        this.turnNanos = (long) (seconds * 1e9);
        this.rounds = rounds;
    }

    /** Runs the comparison and prints its figures. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory(Path.of(arguments[0]), "ledger-comparison");
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 1;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 7;
        Path data = Files.createDirectory(directory.resolve("postgres"));
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
                HikariDataSource postgres = pool(server.getPostgresDatabase());
                HikariDataSource h2 = pool(h2(directory.resolve("h2")))) {
            requireSynced(postgres);
            new LedgerComparison(directory, seconds, rounds).run(postgres, h2);
        }
    }

    static HikariDataSource pool(DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(2 * MOST + 4);
        return new HikariDataSource(config);
    }

    static DataSource h2(Path file) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + file);
        source.setUser("sa");
        source.setPassword("");
        return source;
    }

    private static DataSource sqlite(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(30_000);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static void requireSynced(DataSource postgres) throws SQLException {
        try (Connection connection = postgres.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT current_setting('fsync'), current_setting('synchronous_commit')")) {
            rows.next();
            if (!rows.getString(1).equals("on") || !rows.getString(2).equals("on")) {
                throw new IllegalStateException("the server acknowledges commits before they are on its disk");
            }
        }
    }

    private void run(DataSource postgres, DataSource h2) throws Exception {
        byte[] record = record();
        contenders.put(PLAIN, LedgerContender.plain(directory.resolve("plain"), record));
        contenders.put(OURS, LedgerContender.files(directory.resolve("files")));
        contenders.put(SQLITE, LedgerContender.sqlite(sqlite(directory.resolve("sqlite")), record, MOST));
        contenders.put("H2, CHECKPOINT SYNC", LedgerContender.h2(h2(directory.resolve("bare-h2")), record, MOST));
        contenders.put("ledger, H2", LedgerContender.jdbc(h2));
        contenders.put("PostgreSQL", LedgerContender.postgres(postgres, record, MOST));
        contenders.put("ledger, PostgreSQL", LedgerContender.jdbc(postgres));
        for (int round = 0; round <= rounds; round++) {
            round(round > 0);
        }
        for (int duel = 0; duel < DUELS; duel++) {
            duel();
        }
        System.out.printf(
                "record of %d bytes, median of %d rounds of %.1f s%n", record.length, rounds, turnNanos / 1e9);
        print();
        for (LedgerContender contender : contenders.values()) {
            contender.close();
        }
    }

    /** The bytes of one release in the file ledger. */
    private byte[] record() throws Exception {
        Path sample = directory.resolve("sample");
        try (LedgerContender ledger = LedgerContender.releases(FileReleaseLedger.open(sample))) {
            ledger.append(0, 0);
        }
        byte[] log = Files.readAllBytes(sample.resolve("releases.log"));
        return Arrays.copyOfRange(log, "procmodel release ledger 1\n".length(), log.length);
    }

    private void round(boolean counts) throws Exception {
        for (Map.Entry<String, LedgerContender> entry : contenders.entrySet()) {
            for (int writers : entry.getKey().startsWith("plain") ? new int[] {1} : WRITERS) {
                double rate = rate(writers, entry.getValue(), turnNanos);
                if (counts) {
                    rates.computeIfAbsent(label(entry.getKey(), writers), key -> new ArrayList<>())
                            .add(rate);
                }
            }
        }
    }

    private void duel() throws Exception {
        for (String name : List.of(PLAIN, OURS, SQLITE)) {
            double rate = rate(1, requireNonNull(contenders.get(name)), DUEL_NANOS);
            rates.computeIfAbsent("duel, " + name, key -> new ArrayList<>()).add(rate);
        }
    }

    private static String label(String contender, int writers) {
        return contender + ", " + writers;
    }

    private static double rate(int writers, LedgerContender contender, long turnNanos) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            long start = System.nanoTime();
            List<Future<Integer>> counts = IntStream.range(0, writers)
                    .mapToObj(writer -> pool.submit(() -> appendUntil(start + turnNanos, contender, writer)))
                    .toList();
            int total = 0;
            for (Future<Integer> count : counts) {
                total += count.get();
            }
            return total * 1e9 / (System.nanoTime() - start);
        } finally {
            pool.shutdown();
            pool.awaitTermination(30, TimeUnit.SECONDS);
        }
    }

    private static int appendUntil(long deadline, LedgerContender contender, int writer) throws Exception {
        int count = 0;
        while (System.nanoTime() - deadline < 0) {
            contender.append(writer, count);
            count++;
        }
        return count;
    }

    private void print() {
        double plain = median(label(PLAIN, 1));
        rates.forEach((label, found) -> System.out.printf(
                "%-32s %8.0f/s  %5.2f of plain, %.0f to %.0f%n",
                label,
                median(found),
                median(found) / plain,
                found.stream().mapToDouble(rate -> rate).min().orElseThrow(),
                found.stream().mapToDouble(rate -> rate).max().orElseThrow()));
        double one = median("ledger, files, 1");
        double sixteen = median("ledger, files, 16");
        System.out.printf("one writer / plain:          %.2f (bar 0.9)%n", duel(PLAIN));
        System.out.printf("one writer / SQLite:         %.2f (bar 0.9)%n", duel(SQLITE));
        System.out.printf("16 writers / one writer:     %.2f (bar 5)%n", sixteen / one);
        System.out.printf("16 writers / PostgreSQL, 16: %.2f (bar 1)%n", sixteen / median("PostgreSQL, 16"));
    }

    /** The median of the ratios of neighbouring turns. */
    private double duel(String theirs) {
        List<Double> ours = of("duel, " + OURS);
        List<Double> others = of("duel, " + theirs);
        return median(IntStream.range(0, DUELS)
                .mapToObj(duel -> ours.get(duel) / others.get(duel))
                .toList());
    }

    private List<Double> of(String label) {
        return requireNonNull(rates.get(label), label);
    }

    private double median(String label) {
        return median(of(label));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
