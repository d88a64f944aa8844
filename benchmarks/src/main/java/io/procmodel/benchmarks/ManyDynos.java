package io.procmodel.benchmarks;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A platform with many idle dynos in one fresh JVM: how long they take to be up and to be gone, the threads and the memory
 * that each costs the host, log capture included, and the processor time that the host spends on watching them.
 */
public final class ManyDynos {
    private static final int WARM = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long IDLE_MILLIS = Long.getLong("idle", 20) * 1000;
    private static final double KIBIBYTE = 1024;

    private ManyDynos() {}

    /** What the host uses. */
    private record Cost(double heap, double resident, int threads) {
        static Cost now() throws IOException, InterruptedException {
            double heap = Double.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                System.gc();
                heap = Math.min(
                        heap,
                        (double) Runtime.getRuntime().totalMemory()
                                - Runtime.getRuntime().freeMemory());
                Thread.sleep(50);
            }
            String resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .findFirst()
                    .orElse("0");
            return new Cost(
                    heap / KIBIBYTE,
                    Double.parseDouble(resident),
                    ManagementFactory.getThreadMXBean().getThreadCount());
        }
    }

    /**
     * Runs it.
     *
     * @param args how many dynos, and the isolation
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int count = Integer.parseInt(args[0]);
        Path directory = Files.createTempDirectory("procmodel-many");
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("Procfile"), "worker: echo up; exec sleep 100000\n");
        try (Platform platform = Platform.builder()
                .home(directory.resolve("home"))
                .isolation(Isolation.valueOf(args[1]))
                .open()) {
            App app = platform.createApp("many");
            app.deploy(Source.directory(source));
            scale(app, WARM);
            Cost before = Cost.now();
            long start = System.nanoTime();
            scale(app, WARM + count);
            double up = millisSince(start);
            Cost after = Cost.now();
            double idle = idleCores();
            long stop = System.nanoTime();
            app.formation().scale("worker=" + WARM);
            while (app.dynos().list().size() > WARM) {
                Thread.sleep(2);
            }
            report(args[1], count, up, millisSince(stop), before, after, idle);
        }
    }

    private static void scale(App app, int count) throws InterruptedException {
        app.formation().scale("worker=" + count);
        app.dynos().awaitUp(PATIENCE);
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    /** Of this JVM, in cores, after the dynos have settled. */
    private static double idleCores() throws InterruptedException {
        Thread.sleep(IDLE_MILLIS / 2);
        long before = cpuNanos();
        long start = System.nanoTime();
        Thread.sleep(IDLE_MILLIS);
        return (double) (cpuNanos() - before) / (System.nanoTime() - start);
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    private static void report(
            String isolation, int count, double up, double down, Cost before, Cost after, double idle) {
        List<Object> figures = List.of(
                isolation,
                count,
                up,
                down,
                (double) (after.threads() - before.threads()) / count,
                (after.heap() - before.heap()) / count,
                (after.resident() - before.resident()) / count,
                100 * idle);
        System.out.println("| isolation | dynos | all up, ms | all gone, ms | threads per dyno | heap per dyno, KiB"
                + " | resident per dyno, KiB (bar: 200) | idle, percent of a core |");
        System.out.printf(Locale.ROOT, "| %s | %d | %.0f | %.0f | %.2f | %.1f | %.1f | %.2f |%n", figures.toArray());
    }
}
