package io.procmodel.benchmarks.logplex;

import static io.procmodel.benchmarks.logplex.Bench.text;

import io.procmodel.logplex.LogQuery;
import io.procmodel.logplex.Logplex;
import io.procmodel.logplex.Tail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * B6 and B7: how long a line takes from its writer to a listener, with all lines counted. The writer is one program for all
 * pipes; the first seconds warm up: their lines count, but not their latency.
 */
final class LatencyBar implements Bar {
    private static final int WARM_UP_SECONDS = Integer.getInteger("warmup", 5);
    private static final int SECONDS = Integer.getInteger("seconds", 20);
    private static final long MOST_MEGABYTES = 250;
    private static final double MOST_MICROS = 40;

    private final String bar;
    private final int dynos;
    private final int perSecond;
    private final double mostMedian;
    private final double mostTail;

    LatencyBar(String bar, int dynos, int perSecond, double mostMedian, double mostTail) {
        this.bar = bar;
        this.dynos = dynos;
        this.perSecond = perSecond;
        this.mostMedian = mostMedian;
        this.mostTail = mostTail;
    }

    @Override
    public void measure(Bench bench) throws IOException, InterruptedException {
        int warm = dynos * perSecond * WARM_UP_SECONDS;
        Delays delays = new Delays(warm, dynos * perSecond * SECONDS);
        Path ticker = bench.compile("ticker");
        List<Path> pipes = bench.pipes(dynos);
        List<String> command = Bench.command(ticker.toString(), pipes);
        command.addAll(1, List.of(String.valueOf(perSecond), String.valueOf(WARM_UP_SECONDS + SECONDS)));
        System.gc();
        long memoryBefore = Figures.residentMegabytes();
        try (Logplex logplex =
                Logplex.builder().history(100_000).historyBytes(16 << 20).build()) {
            Tail tail = logplex.channel(OneStream.APP).tail(LogQuery.all(), delays);
            List<Thread> readers = OneStream.readers(logplex, pipes);
            Process writer = new ProcessBuilder(command).start();
            delays.awaitWarm();
            double cpuBefore = Figures.cpuSeconds();
            TimeUnit.SECONDS.sleep(SECONDS / 2);
            long memory = Figures.residentMegabytes() - memoryBefore;
            long threads = Figures.threads();
            for (Thread reader : readers) {
                reader.join();
            }
            Bench.expect("status of the writer", writer.waitFor(), 0);
            long wanted = (long) dynos * perSecond * (WARM_UP_SECONDS + SECONDS);
            Bench.expect(
                    "lines in the stream",
                    logplex.channel(OneStream.APP).stats().appended(),
                    wanted);
            delays.awaitAll();
            double cpu = Figures.cpuSeconds() - cpuBefore;
            tail.close();
            Bench.expect("lines at the tail", delays.told(), wanted);
            Bench.expect("lines lost at the tail", delays.lost(), 0);
            report(bench, delays, memory, threads, cpu);
        } finally {
            Bench.remove(pipes);
        }
    }

    private void report(Bench bench, Delays delays, long memory, long threads, double cpu) {
        double median = delays.millis(0.5);
        double tail = delays.millis(0.99);
        double micros = cpu * Figures.MILLION / (dynos * perSecond * SECONDS);
        String load = " (" + dynos + " dynos, " + perSecond + " lines/s each)";
        String all = text("all %d lines", delays.told());
        String figure = text("%s, p50 %.3f ms, p99 %.2f ms", all, median, tail);
        if (dynos < 100) {
            String target = text("p50 <= %.1f ms, p99 <= %.0f ms", mostMedian, mostTail);
            bench.row(bar + load, figure, target, median <= mostMedian && tail <= mostTail);
            return;
        }
        bench.row(bar + load, figure, text("all lines, p99 <= %.0f ms", mostTail), tail <= mostTail);
        bench.row(
                bar + " memory",
                text("%d MB more, %d threads", memory, threads),
                "<= " + MOST_MEGABYTES + " MB",
                memory <= MOST_MEGABYTES);
        bench.row(bar + " CPU", text("%.0f us per line", micros), "<= 40 us per line", micros <= MOST_MICROS);
    }
}
