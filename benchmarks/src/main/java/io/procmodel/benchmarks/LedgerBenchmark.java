package io.procmodel.benchmarks;

import io.procmodel.config.ConfigVars;
import io.procmodel.release.FileReleaseLedger;
import io.procmodel.release.Release;
import io.procmodel.release.ReleaseDraft;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Durable appends per second of a release ledger, by one and by several writers, beside plain writes and syncs of records
 * of the same size in the same run; then the times to open and to read {@value #LARGE} releases. The rounds of the
 * contenders take turns, and the median round counts, because the speed of a disk drifts.
 *
 * <p>Run it with the directory to write to as its argument; the default is the directory for temporary files.
 */
public final class LedgerBenchmark {
    private static final int LARGE = 100_000;
    private static final int READS = 10_000;
    private static final int ROUNDS = 7;
    private static final long ROUND_NANOS = Duration.ofSeconds(2).toNanos();
    private static final ReleaseDraft DRAFT = ReleaseDraft.of("ada@example.com", "Set GREETING config vars");
    private static final ConfigVars ONE = config(1);
    private static final ConfigVars TWO = config(2);

    private final Path directory;

    private LedgerBenchmark(Path directory) {
        this.directory = directory;
    }

    /** Appends one record, durably. */
    private interface Appender {
        void append(int number) throws IOException;
    }

    /** Runs the benchmark and prints its figures. */
    public static void main(String[] arguments) throws Exception {
        Path parent = Path.of(arguments.length > 0 ? arguments[0] : System.getProperty("java.io.tmpdir"));
        LedgerBenchmark benchmark = new LedgerBenchmark(Files.createTempDirectory(parent, "ledger-benchmark"));
        benchmark.compareAppends();
        benchmark.openAndRead();
    }

    private void compareAppends() throws Exception {
        List<Double> plain = new ArrayList<>();
        List<Double> one = new ArrayList<>();
        List<Double> eight = new ArrayList<>();
        List<Double> sixteen = new ArrayList<>();
        try (FileReleaseLedger ledger = FileReleaseLedger.open(directory.resolve("appends"));
                FileChannel file = FileChannel.open(
                        directory.resolve("plain"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] record = new byte[recordBytes(ledger)];
            new Random(1).nextBytes(record);
            for (int round = 0; round < ROUNDS; round++) {
                plain.add(rate(1, number -> writeAndForce(file, record)));
                one.add(rate(1, number -> append(ledger, number)));
                eight.add(rate(8, number -> append(ledger, number)));
                sixteen.add(rate(16, number -> append(ledger, number)));
            }
            System.out.printf("record of %d bytes, median of %d rounds%n", record.length, ROUNDS);
        }
        print("plain append and force", median(plain), median(plain));
        print("ledger, 1 writer", median(one), median(plain));
        print("ledger, 8 writers", median(eight), median(plain));
        print("ledger, 16 writers", median(sixteen), median(plain));
        System.out.printf("16 writers / 1 writer: %.1f%n", median(sixteen) / median(one));
    }

    private int recordBytes(FileReleaseLedger ledger) throws IOException {
        Path log = directory.resolve("appends").resolve("releases.log");
        append(ledger, 0);
        long before = Files.size(log);
        append(ledger, 1);
        return (int) (Files.size(log) - before);
    }

    /** Each release has other config vars than the one before, so that each record carries them. */
    private static Release append(FileReleaseLedger ledger, int number) {
        return ledger.append(DRAFT.config(number % 2 == 0 ? ONE : TWO));
    }

    private static ConfigVars config(int greeting) {
        return ConfigVars.empty()
                .with("GREETING", "hello " + greeting)
                .with("DATABASE_URL", "postgres://user:password@db.example.com:5432/shop")
                .with("RAILS_ENV", "production");
    }

    private static void writeAndForce(FileChannel file, byte[] record) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(false);
    }

    private static double rate(int writers, Appender appender) throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            long start = System.nanoTime();
            List<Future<Integer>> counts = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                counts.add(pool.submit(() -> appendUntil(start + ROUND_NANOS, appender)));
            }
            int total = 0;
            for (Future<Integer> count : counts) {
                total += count.get();
            }
            return total * 1e9 / (System.nanoTime() - start);
        } finally {
            pool.shutdownNow();
        }
    }

    private static int appendUntil(long deadline, Appender appender) throws IOException {
        int count = 0;
        while (System.nanoTime() - deadline < 0) {
            appender.append(count);
            count++;
        }
        return count;
    }

    private void openAndRead() throws Exception {
        Path large = directory.resolve("large");
        fill(large);
        System.out.printf("%d releases, %.1f MB%n", LARGE, Files.size(large.resolve("releases.log")) / 1e6);
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            try (FileReleaseLedger ledger = FileReleaseLedger.open(large)) {
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

    private static void fill(Path large) throws InterruptedException, ExecutionException {
        try (FileReleaseLedger ledger = FileReleaseLedger.open(large)) {
            ExecutorService pool = Executors.newFixedThreadPool(100);
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

    private static double median(List<Double> rates) {
        return rates.stream().sorted().toList().get(rates.size() / 2);
    }

    private static void print(String what, double rate, double plain) {
        System.out.printf("%-24s %8.0f/s  %.2f of plain%n", what, rate, rate / plain);
    }
}
