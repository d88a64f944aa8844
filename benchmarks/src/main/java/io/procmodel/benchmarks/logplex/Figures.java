package io.procmodel.benchmarks.logplex;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Medians, percentiles, and what this process costs. */
final class Figures {
    static final double MILLION = 1e6;
    private static final double NANOS = 1e9;

    private Figures() {}

    static double seconds(long fromNanos) {
        return (System.nanoTime() - fromNanos) / NANOS;
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }

    /** The share's percentile of nanoseconds, in milliseconds; sorts. */
    static double millis(long[] nanos, double share) {
        Arrays.sort(nanos);
        return nanos[(int) Math.min(nanos.length - 1L, (long) (nanos.length * share))] / MILLION;
    }

    /** Seconds of CPU that this process has used, its children not counted. */
    static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / NANOS;
    }

    /** Memory of this process, where the system tells. */
    static long residentMegabytes() throws IOException {
        return status("VmRSS:") / 1024;
    }

    /** Threads of this process, where the system tells. */
    static long threads() throws IOException {
        return status("Threads:");
    }

    private static long status(String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }
}
