package io.procmodel;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.DynoUsage;
import io.procmodel.formation.ByteSize;
import io.procmodel.formation.DynoSize;
import io.procmodel.name.AppName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The lines that Heroku logs about every 20 seconds for a dyno when runtime metrics are on (DYN-59). The load is what the
 * dyno's processes used of processors, as moving averages; what this machine cannot tell (pages in and out) is left out.
 * Confined to the control thread.
 */
final class RuntimeMetrics {
    private static final Duration INTERVAL = Duration.ofSeconds(20);
    private static final double MEGABYTE = 1024.0 * 1024;
    private static final double NANOS = 1e9;

    private final String prefix;
    private final ByteSize quota;
    private final LoadAverage oneMinute = new LoadAverage(Duration.ofMinutes(1));
    private final LoadAverage fiveMinutes = new LoadAverage(Duration.ofMinutes(5));
    private final LoadAverage fifteenMinutes = new LoadAverage(Duration.ofMinutes(15));
    private @Nullable Instant measured;
    private @Nullable Instant said;
    private Duration cpu = Duration.ZERO;

    RuntimeMetrics(AppName app, DynoName name, UUID dyno, DynoSize size) {
        this.prefix = "source=" + name + " dyno=heroku." + app + "." + dyno;
        this.quota = size.memory();
    }

    /** Takes a measurement; gives the lines that are due. */
    List<String> lines(DynoUsage usage, Instant now) {
        average(usage, now);
        if (said != null && said.plus(INTERVAL).isAfter(now)) {
            return List.of();
        }
        said = now;
        return List.of(load(), memory(usage));
    }

    /** Processes that have ended take their processor time with them, so a smaller sum counts as no use at all. */
    private void average(DynoUsage usage, Instant now) {
        if (measured != null && now.isAfter(measured)) {
            Duration passed = Duration.between(measured, now);
            double used = Math.max(0, usage.cpu().minus(cpu).toNanos() / NANOS);
            double load = used / (passed.toNanos() / NANOS);
            oneMinute.add(load, passed);
            fiveMinutes.add(load, passed);
            fifteenMinutes.add(load, passed);
        }
        measured = now;
        cpu = usage.cpu();
    }

    private String load() {
        return String.format(
                Locale.ROOT,
                "%s sample#load_avg_1m=%.2f sample#load_avg_5m=%.2f sample#load_avg_15m=%.2f",
                prefix,
                oneMinute.value(),
                fiveMinutes.value(),
                fifteenMinutes.value());
    }

    private String memory(DynoUsage usage) {
        return String.format(
                Locale.ROOT,
                "%s sample#memory_total=%.2fMB sample#memory_rss=%.2fMB sample#memory_cache=0.00MB"
                        + " sample#memory_swap=%.2fMB sample#memory_quota=%.2fMB",
                prefix,
                megabytes(usage.memory()),
                megabytes(usage.resident()),
                megabytes(usage.swapped()),
                megabytes(quota));
    }

    private static double megabytes(ByteSize size) {
        return size.bytes() / MEGABYTE;
    }
}
