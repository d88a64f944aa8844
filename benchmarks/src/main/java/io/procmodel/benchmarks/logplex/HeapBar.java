package io.procmodel.benchmarks.logplex;

import static io.procmodel.benchmarks.logplex.Bench.text;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.Logplex;
import io.procmodel.name.AppName;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;

/** B8: what a full history of 1,500 lines of 100 bytes keeps of the heap: the mean of many apps, sources and all. */
final class HeapBar implements Bar {
    private static final int APPS = 200;
    private static final int LINES = 1500;
    private static final double MOST_KILOBYTES = 200;

    @Override
    public void measure(Bench bench) {
        fill(1).close();
        long before = used();
        Logplex logplex = fill(APPS);
        double kilobytes = (used() - before) / 1000.0 / APPS;
        Bench.expect(
                "lines kept",
                logplex.channels().stream()
                        .mapToLong(app -> app.stats().lines())
                        .sum(),
                (long) APPS * LINES);
        logplex.close();
        bench.row("B8", text("%.0f KB", kilobytes), "<= 200 KB of heap", kilobytes <= MOST_KILOBYTES);
    }

    private static Logplex fill(int apps) {
        Logplex logplex = Logplex.create();
        for (int app = 0; app < apps; app++) {
            LogSource source = logplex.open(AppName.of("app-" + app), LogOrigin.app("web.1"));
            byte[] line = ("x".repeat(99) + "\n").getBytes(US_ASCII);
            // More than fits, so that the history is in the state of a long life.
            for (int i = 0; i < LINES * 2 + app; i++) {
                source.write(ByteBuffer.wrap(line));
            }
        }
        return logplex;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
