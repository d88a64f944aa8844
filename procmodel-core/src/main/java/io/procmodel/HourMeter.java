package io.procmodel;

import io.procmodel.error.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the dyno hours of one app: the time between two looks, times what ran between them, in the month that it fell in.
 * Pure arithmetic; confined to whoever drives it.
 */
final class HourMeter {
    private static final int MONTHS_KEPT = 14;

    private final TreeMap<YearMonth, Duration> used = new TreeMap<>();
    private Instant last;
    private int rate;

    HourMeter(Instant now) {
        this.last = now;
    }

    static YearMonth monthOf(Instant instant) {
        return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
    }

    private static Instant endOf(YearMonth month) {
        return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Counts until now at the rate that held so far, and goes on at another one. Time that goes back counts nothing. */
    void look(Instant now, int rateFromNow) {
        while (last.isBefore(now)) {
            YearMonth month = monthOf(last);
            Instant until = endOf(month).isBefore(now) ? endOf(month) : now;
            used.merge(month, Duration.between(last, until).multipliedBy(rate), Duration::plus);
            last = until;
        }
        rate = rateFromNow;
        while (used.size() > MONTHS_KEPT) {
            used.pollFirstEntry();
        }
    }

    int rate() {
        return rate;
    }

    Duration used(YearMonth month) {
        return used.getOrDefault(month, Duration.ZERO);
    }

    Map<YearMonth, Duration> all() {
        return new TreeMap<>(used);
    }

    /** One line per month: the month and its milliseconds. */
    String text() {
        StringBuilder text = new StringBuilder();
        used.forEach((month, time) ->
                text.append(month).append(' ').append(time.toMillis()).append('\n'));
        return text.toString();
    }

    /** Takes over what was counted before this host. */
    void restore(String text) {
        for (String line : text.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            try {
                if (!line.isEmpty()) {
                    used.put(YearMonth.parse(words[0]), Duration.ofMillis(Long.parseLong(words[1])));
                }
            } catch (RuntimeException e) {
                throw new StorageException("read", "hours", new IOException("line `" + line + "`", e));
            }
        }
    }
}
