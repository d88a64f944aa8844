package io.procmodel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kills a host with 200 dynos ({@code -Dprocesses}) by {@code kill -9} and looks how long it takes until none of their
 * processes is left. Argument: the class path of the benchmarks.
 */
public final class KilledHosts {
    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int PROCESSES = Integer.getInteger("processes", 200);

    private KilledHosts() {}

    /**
     * Runs it.
     *
     * @param args the class path of the benchmarks
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        for (String how : new String[] {"runtime", "runtime-sandbox"}) {
            List<Double> millis = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                millis.add(killed(how, args[0]));
            }
            millis.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d dynos gone after %.0f ms, at most %.0f ms (bar: 200 ms)%n",
                    how,
                    PROCESSES,
                    millis.get(ROUNDS / 2),
                    millis.get(ROUNDS - 1));
        }
    }

    private static double killed(String how, String classPath) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("procmodel-killed");
        Path up = Files.createDirectory(directory.resolve("up"));
        String tag = UUID.randomUUID().toString();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dprocesses=" + PROCESSES,
                        "-cp",
                        classPath,
                        HundredProcesses.class.getName(),
                        how,
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(SupervisorComparison.TAG, tag);
        Process host = builder.start();
        while (count(up) < PROCESSES) {
            Thread.sleep(20);
        }
        Thread.sleep(500); // all are settled
        List<ProcessHandle> all = TaggedProcesses.with(tag);
        long start = System.nanoTime();
        host.toHandle().destroyForcibly();
        TaggedProcesses.awaitEnd(tag, all, start + LIMIT_NANOS);
        double millis = (System.nanoTime() - start) / 1e6;
        if (!TaggedProcesses.with(tag).isEmpty()) {
            throw new IllegalStateException("dynos that outlive their host");
        }
        host.waitFor();
        return millis;
    }

    private static long count(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }
}
