package io.procmodel;

import io.procmodel.error.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The dyno hours of an app as they are kept: what was used in each month, and what each home was running when it last wrote.
 * Immutable. One line per month, {@code 2026-11 MILLISECONDS}, and per home, {@code running HOME UNITS SINCE}.
 *
 * @param months the months
 * @param running the homes that run dynos
 */
record HourRecord(Map<YearMonth, Duration> months, Map<String, Running> running) {
    private static final String RUNNING = "running";
    private static final int MONTHS_KEPT = 14;
    private static final HourRecord NONE = new HourRecord(Map.of(), Map.of());

    /**
     * What ran when the record was written.
     *
     * @param units how many dynos, larger sizes weighted
     * @param since up to when the months have them counted
     */
    record Running(int units, Instant since) {}

    HourRecord {
        months = Collections.unmodifiableMap(new TreeMap<>(months));
        running = Collections.unmodifiableMap(new TreeMap<>(running));
    }

    static HourRecord parse(Optional<String> text) {
        return text.map(HourRecord::parse).orElse(NONE);
    }

    private static HourRecord parse(String text) {
        Map<YearMonth, Duration> months = new TreeMap<>();
        Map<String, Running> running = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            try {
                if (words[0].equals(RUNNING)) {
                    Instant since = Instant.ofEpochMilli(Long.parseLong(words[3]));
                    running.put(words[1], new Running(Integer.parseInt(words[2]), since));
                } else if (!line.isEmpty()) {
                    months.put(YearMonth.parse(words[0]), Duration.ofMillis(Long.parseLong(words[1])));
                }
            } catch (RuntimeException e) {
                throw new StorageException("read", "hours", new IOException("line `" + line + "`", e));
            }
        }
        return new HourRecord(months, running);
    }

    /** With what a home has counted besides, and what it runs now, or null for nothing. */
    HourRecord plus(Map<YearMonth, Duration> counted, String home, @Nullable Running now) {
        TreeMap<YearMonth, Duration> sums = new TreeMap<>(months);
        counted.forEach((month, time) -> sums.merge(month, time, Duration::plus));
        while (sums.size() > MONTHS_KEPT) {
            sums.pollFirstEntry();
        }
        Map<String, Running> others = new TreeMap<>(running);
        others.remove(home);
        if (now != null) {
            others.put(home, now);
        }
        return new HourRecord(sums, others);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        months.forEach((month, time) ->
                text.append(month).append(' ').append(time.toMillis()).append('\n'));
        running.forEach((home, now) -> text.append(RUNNING)
                .append(' ')
                .append(home)
                .append(' ')
                .append(now.units())
                .append(' ')
                .append(now.since().toEpochMilli())
                .append('\n'));
        return text.toString();
    }
}
