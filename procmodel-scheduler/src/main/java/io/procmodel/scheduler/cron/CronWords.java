package io.procmodel.scheduler.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cron expression in plain words. */
public final class CronWords {
    private static final int MAX_LISTED_TIMES = 4;
    private static final long EVERY_MINUTE = Bits.range(0, 59);
    private static final long EVERY_HOUR = Bits.range(0, 23);
    private static final long EVERY_MONTH = Bits.range(1, 12);

    private CronWords() {}

    /** When {@code expression} matches, as one line: {@code at 02:00 on Monday to Friday}. */
    public static String of(CronExpression expression) {
        TimesOfDay times = expression.times();
        Dates dates = expression.dates();
        boolean timeOfDay = Long.bitCount(times.minutes()) == 1
                && Long.bitCount(times.seconds()) == 1
                && Long.bitCount(times.hours()) <= MAX_LISTED_TIMES;
        String days = DateWords.days(dates);
        StringBuilder words = new StringBuilder(timeOfDay ? clock(times) : rhythm(times));
        if (!days.isEmpty()) {
            words.append(' ').append(days);
        } else if (timeOfDay && dates.months() == EVERY_MONTH && dates.years() == null) {
            words.append(" every day");
        }
        if (dates.months() != EVERY_MONTH) {
            words.append(" in ").append(list(dates.months(), DateWords::month));
        }
        if (dates.years() != null) {
            words.append(" of the years ")
                    .append(join(
                            dates.years().stream().mapToObj(Integer::toString).toList()));
        }
        return words.toString();
    }

    private static String clock(TimesOfDay times) {
        String minute = String.format(Locale.ROOT, ":%02d", Bits.first(times.minutes()));
        String second = times.seconds() == 1 ? "" : String.format(Locale.ROOT, ":%02d", Bits.first(times.seconds()));
        List<String> texts = members(times.hours())
                .mapToObj(hour -> String.format(Locale.ROOT, "%02d", hour) + minute + second)
                .toList();
        return "at " + join(texts);
    }

    private static String rhythm(TimesOfDay times) {
        List<String> parts = new ArrayList<>();
        if (times.seconds() != 1) {
            parts.add(part("second", times.seconds(), EVERY_MINUTE));
        }
        if (times.minutes() != EVERY_MINUTE || times.seconds() == 1) {
            parts.add(part("minute", times.minutes(), EVERY_MINUTE));
        }
        if (times.hours() != EVERY_HOUR || Long.bitCount(times.minutes()) == 1) {
            parts.add(part("hour", times.hours(), EVERY_HOUR));
        }
        return String.join(" of ", parts);
    }

    private static String part(String unit, long values, long all) {
        if (values == all) {
            return "every " + unit;
        }
        int step = step(values, all);
        if (step > 1) {
            return "every " + step + " " + unit + "s";
        }
        return unit + (Long.bitCount(values) > 1 ? "s " : " ") + list(values, Integer::toString);
    }

    /** The step by which {@code values} goes from 0 round the field, or 1. */
    private static int step(long values, long all) {
        int[] members = members(values).toArray();
        if (members.length < 2 || members[0] != 0) {
            return 1;
        }
        int step = members[1];
        long expected = 0;
        for (int value = 0; value < Long.bitCount(all); value += step) {
            expected |= 1L << value;
        }
        return expected == values ? step : 1;
    }

    static IntStream members(long values) {
        return IntStream.range(0, Bits.NONE).filter(value -> Bits.has(values, value));
    }

    /** The members with runs of three and more drawn together: {@code 1, 3 to 5 and 9}. */
    static String list(long values, IntFunction<String> name) {
        List<String> parts = new ArrayList<>();
        for (int value = Bits.first(values); value != Bits.NONE; ) {
            int end = value;
            while (end < 63 && Bits.has(values, end + 1)) {
                end++;
            }
            if (end - value >= 2) {
                parts.add(name.apply(value) + " to " + name.apply(end));
            } else {
                IntStream.rangeClosed(value, end).mapToObj(name).forEach(parts::add);
            }
            value = end == 63 ? Bits.NONE : Bits.atOrAfter(values, end + 1);
        }
        return join(parts);
    }

    static String join(List<String> parts) {
        int last = parts.size() - 1;
        return last < 1
                ? String.join("", parts)
                : parts.stream().limit(last).collect(Collectors.joining(", ")) + " and " + parts.get(last);
    }
}
