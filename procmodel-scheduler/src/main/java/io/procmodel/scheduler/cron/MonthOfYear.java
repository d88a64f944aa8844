package io.procmodel.scheduler.cron;

import java.time.LocalDate;
import java.time.Year;

/**
 * A month on the calendar, as the day rules need it.
 *
 * @param firstDay the epoch day of the 1st
 * @param firstWeekday the day of week of the 1st, 0 for Sunday
 * @param length the number of days
 */
record MonthOfYear(int year, int month, long firstDay, int firstWeekday, int length) {
    private static final int WEEK = 7;
    /** Epoch day 0 was a Thursday. */
    private static final int EPOCH_WEEKDAY = 4;

    static MonthOfYear of(LocalDate date) {
        long firstDay = date.toEpochDay() - date.getDayOfMonth() + 1;
        return new MonthOfYear(
                date.getYear(),
                date.getMonthValue(),
                firstDay,
                (int) Math.floorMod(firstDay + EPOCH_WEEKDAY, (long) WEEK),
                date.lengthOfMonth());
    }

    MonthOfYear next() {
        int nextMonth = month == 12 ? 1 : month + 1;
        int nextYear = month == 12 ? year + 1 : year;
        return new MonthOfYear(
                nextYear, nextMonth, firstDay + length, (firstWeekday + length) % WEEK, length(nextYear, nextMonth));
    }

    private static int length(int year, int month) {
        return switch (month) {
            case 2 -> Year.isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** All days, as bits 1 to 31. */
    long days() {
        return Bits.range(1, length);
    }

    /** The weekday of a day of this month, 0 for Sunday. */
    int weekday(int day) {
        return (firstWeekday + day - 1) % WEEK;
    }

    /** The first day of this month on {@code weekday}. */
    int firstOn(int weekday) {
        return 1 + (weekday - firstWeekday + WEEK) % WEEK;
    }

    /** The last day of this month on {@code weekday}. */
    int lastOn(int weekday) {
        return length - (weekday(length) - weekday + WEEK) % WEEK;
    }
}
