package io.procmodel;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the dyno hours of one app: the time between two looks, times what ran between them, in the month that it fell in.
 * What it has counted since it was last taken is kept apart from what is on record. Pure arithmetic; confined to whoever
 * drives it.
 */
final class HourMeter {
    private final TreeMap<YearMonth, Duration> recorded = new TreeMap<>();
    private final TreeMap<YearMonth, Duration> counted = new TreeMap<>();
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

    /** What {@code rate} dynos use from one instant to another; nothing if time goes back. */
    static Map<YearMonth, Duration> between(Instant from, Instant to, int rate) {
        Map<YearMonth, Duration> times = new TreeMap<>();
        Instant at = from;
        while (rate > 0 && at.isBefore(to)) {
            YearMonth month = monthOf(at);
            Instant until = endOf(month).isBefore(to) ? endOf(month) : to;
            times.put(month, Duration.between(at, until).multipliedBy(rate));
            at = until;
        }
        return times;
    }

    /** Counts until now at the rate that held so far, and goes on at another one. Time that goes back counts nothing. */
    void look(Instant now, int rateFromNow) {
        add(between(last, now, rate));
        last = last.isBefore(now) ? now : last;
        rate = rateFromNow;
    }

    private void add(Map<YearMonth, Duration> times) {
        times.forEach((month, time) -> counted.merge(month, time, Duration::plus));
    }

    int rate() {
        return rate;
    }

    /** Up to when it has counted. */
    Instant last() {
        return last;
    }

    Duration used(YearMonth month) {
        return recorded.getOrDefault(month, Duration.ZERO).plus(counted.getOrDefault(month, Duration.ZERO));
    }

    Map<YearMonth, Duration> all() {
        Map<YearMonth, Duration> sums = new TreeMap<>(recorded);
        counted.forEach((month, time) -> sums.merge(month, time, Duration::plus));
        return sums;
    }

    /** Takes what was counted, in whole milliseconds, to be recorded; what is less than one goes on being counted. */
    Map<YearMonth, Duration> take() {
        Map<YearMonth, Duration> taken = new TreeMap<>();
        counted.replaceAll((month, time) -> {
            Duration whole = time.truncatedTo(ChronoUnit.MILLIS);
            taken.put(month, whole);
            recorded.merge(month, whole, Duration::plus);
            return time.minus(whole);
        });
        counted.values().removeIf(Duration::isZero);
        return taken;
    }

    /** Counts again what could not be recorded. */
    void giveBack(Map<YearMonth, Duration> taken) {
        taken.forEach((month, time) -> recorded.merge(month, time.negated(), Duration::plus));
        add(taken);
    }

    /** Learns what is on record, other hosts' share included. */
    void learn(Map<YearMonth, Duration> months) {
        recorded.clear();
        recorded.putAll(months);
    }
}
