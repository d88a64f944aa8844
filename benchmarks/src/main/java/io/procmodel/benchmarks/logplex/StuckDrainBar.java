package io.procmodel.benchmarks.logplex;

import static io.procmodel.benchmarks.logplex.Bench.text;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.DrainOptions;
import io.procmodel.logplex.LogQuery;
import io.procmodel.logplex.Logplex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * B12: what a drain that hangs changes for a producer at full speed, and for the lines of another reader at a steady pace.
 * With and without it in turn, and each of the two first as often as the other; the first two pairs warm up.
 */
final class StuckDrainBar implements Bar {
    private static final int PAIRS = Integer.getInteger("rounds", 10);
    private static final int WARM_UP = 2;
    private static final int LINES = 6_000_000;
    private static final int CHUNK = 100;
    private static final int PACED = 20_000;
    private static final long PAUSE_NANOS = 50_000;
    private static final double MOST = 0.05;

    /** What is measured beside a drain that hangs, or without it. */
    private interface Load {
        double run(Logplex logplex) throws InterruptedException;
    }

    @Override
    public void measure(Bench bench) throws InterruptedException {
        double rate = compare(bench, "B12 producer", "M lines/s", StuckDrainBar::flatOut, false);
        double tail = compare(bench, "B12 p99 of another reader", "ms", StuckDrainBar::paced, true);
        System.out.println(text("(B12: %.3f of the rate, %.3f of the p99)", rate, tail));
    }

    private static double compare(Bench bench, String bar, String unit, Load load, boolean lessIsBetter)
            throws InterruptedException {
        List<Double> alone = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair < WARM_UP + PAIRS; pair++) {
            boolean stuckFirst = pair % 2 == 0;
            double first = with(stuckFirst, load);
            double second = with(!stuckFirst, load);
            if (pair >= WARM_UP) {
                alone.add(stuckFirst ? second : first);
                beside.add(stuckFirst ? first : second);
                ratios.add(stuckFirst ? first / second : second / first);
            }
        }
        double ratio = Figures.median(ratios);
        bench.row(
                bar,
                text(
                        "%.3f times (%.3f %s, without it %.3f; median of %d pairs)",
                        ratio, Figures.median(beside), unit, Figures.median(alone), PAIRS),
                lessIsBetter ? "<= 1.05 times" : ">= 0.95 times",
                lessIsBetter ? ratio <= 1 + MOST : ratio >= 1 - MOST);
        return ratio;
    }

    private static double with(boolean stuck, Load load) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (Logplex logplex = Logplex.create()) {
            logplex.channel(OneStream.APP).drains().add("works", DrainOptions.none(), batch -> {});
            if (stuck) {
                logplex.channel(OneStream.APP).drains().add("stuck", DrainOptions.none(), batch -> await(end));
            }
            double figure = load.run(logplex);
            end.countDown();
            return figure;
        }
    }

    private static double flatOut(Logplex logplex) {
        LogSource source = logplex.open(OneStream.APP, LogOrigin.app("web.1"));
        byte[] chunk = ("x".repeat(99) + "\n").repeat(CHUNK).getBytes(US_ASCII);
        long start = System.nanoTime();
        for (int i = 0; i < LINES / CHUNK; i++) {
            source.write(ByteBuffer.wrap(chunk));
        }
        return LINES / Figures.seconds(start) / Figures.MILLION;
    }

    private static double paced(Logplex logplex) throws InterruptedException {
        Delays delays = new Delays(PACED / 10, PACED);
        logplex.channel(OneStream.APP).tail(LogQuery.all(), delays);
        LogSource source = logplex.open(OneStream.APP, LogOrigin.app("web.1"));
        for (int i = 0; i < PACED + PACED / 10; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            source.line(String.valueOf(System.nanoTime()));
        }
        delays.awaitAll();
        return delays.millis(0.99);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
