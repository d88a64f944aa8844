package io.procmodel.scheduler.cron;

import java.time.LocalDate;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The days of the calendar that match: months, the two day fields and, where the dialect has them, years. Immutable.
 *
 * @param both whether both day fields must match when both are restricted; otherwise either is enough
 * @param years the years, or null for every year
 */
record Dates(
        long months,
        DaysOfMonth daysOfMonth,
        DaysOfWeek daysOfWeek,
        boolean both,
        @Nullable BitSet years) {
    static final long NONE = Long.MAX_VALUE;

    /** After 400 years the calendar, weekdays included, repeats. */
    private static final int CYCLE = 400;

    /** The first matching epoch day that is not before {@code epochDay}, or {@link #NONE}. */
    long atOrAfter(long epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        MonthOfYear month = MonthOfYear.of(date);
        long days = matching(month) & (-1L << date.getDayOfMonth());
        int end = years == null ? month.year() + CYCLE : years.length();
        while (days == 0) {
            month = month.next();
            if (month.year() > end) {
                return NONE;
            }
            days = matching(month);
        }
        return month.firstDay() + Bits.first(days) - 1;
    }

    private long matching(MonthOfYear month) {
        if (!Bits.has(months, month.month()) || (years != null && !hasYear(years, month.year()))) {
            return 0;
        }
        if (daysOfWeek.any()) {
            return daysOfMonth.any() ? month.days() : daysOfMonth.in(month);
        }
        if (daysOfMonth.any()) {
            return daysOfWeek.in(month);
        }
        return both ? daysOfMonth.in(month) & daysOfWeek.in(month) : daysOfMonth.in(month) | daysOfWeek.in(month);
    }

    private static boolean hasYear(BitSet years, int year) {
        return year >= 0 && years.get(year);
    }
}
