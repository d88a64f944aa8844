package io.procmodel.benchmarks.logplex;

import static io.procmodel.benchmarks.logplex.Bench.text;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures the bars of logplex, all or some, and prints a table; ends with 1 if one could not be measured honestly. */
public final class LogplexBars {
    private LogplexBars() {}

    /**
     * Measures.
     *
     * @param args the bars, all if none: blocks-1, blocks-10, blocks-100 (B1, B2, B4), lines-1, lines-10, lines-100 (B3), peers-1,
     *     peers-10 (B5), latency (B6), dynos (B7), heap (B8), accounts (B9), syslog (B11), stuck (B12), order (B13),
     *     corrupt (B14)
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, Bar> bars = bars();
        System.out.println("JDK " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, "
                + System.getProperty("os.name") + " " + System.getProperty("os.version"));
        boolean complete = true;
        try (Bench bench = new Bench()) {
            for (String name : args.length == 0 ? bars.keySet() : List.of(args)) {
                Bar bar = bars.get(name);
                if (bar == null) {
                    throw new IllegalArgumentException("bar: " + name + " (expected: one of " + bars.keySet() + ")");
                }
                complete &= measure(name, bar, bench);
            }
        }
        if (!complete) {
            System.exit(1);
        }
    }

    private static Map<String, Bar> bars() {
        Map<String, Bar> bars = new LinkedHashMap<>();
        bars.put("blocks-1", new BlocksBar(1, 0.60));
        bars.put("blocks-10", new BlocksBar(10, 0.50));
        bars.put("blocks-100", new BlocksBar(100, 0.55));
        bars.put("lines-1", new LinesBar(1, 0.90));
        bars.put("lines-10", new LinesBar(10, 0.90));
        bars.put("lines-100", new LinesBar(100, 0.65));
        bars.put("peers-1", new PeersBar(1));
        bars.put("peers-10", new PeersBar(10));
        bars.put("latency", new LatencyBar("B6", 10, 1000, 0.1, 2));
        bars.put("dynos", new LatencyBar("B7", 1000, 10, Double.MAX_VALUE, 10));
        bars.put("heap", new HeapBar());
        bars.put("accounts", new AccountsBar());
        bars.put("syslog", new SyslogBar());
        bars.put("stuck", new StuckDrainBar());
        bars.put("order", new OrderBar());
        bars.put("corrupt", new CorruptJournalBar());
        return bars;
    }

    private static boolean measure(String name, Bar bar, Bench bench) throws InterruptedException {
        long start = System.nanoTime();
        double load = load();
        boolean complete = true;
        try {
            bar.measure(bench);
        } catch (MissingProgramException e) {
            System.out.println("| " + name + " | | SKIPPED: there is no " + e.getMessage() + " here | |");
        } catch (IOException | IllegalStateException e) {
            System.out.println("| " + name + " | | FAILED: " + e.getMessage() + " | |");
            complete = false;
        }
        System.out.println(text("(%s: %.0f s, load %.1f to %.1f)", name, Figures.seconds(start), load, load()));
        return complete;
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
