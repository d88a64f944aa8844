package io.procmodel.scheduler.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The day fields of a cron expression in plain words. */
final class DateWords {
    private static final int TEENS_FROM = 11;
    private static final int TEENS_TO = 13;
    private static final int TEN = 10;
    private static final int HUNDRED = 100;

    private DateWords() {}

    /** On which days, or an empty text for every day. */
    static String days(Dates dates) {
        List<String> parts = new ArrayList<>();
        if (!dates.daysOfMonth().any()) {
            parts.add("on " + daysOfMonth(dates.daysOfMonth()));
        }
        if (!dates.daysOfWeek().any()) {
            parts.add("on " + daysOfWeek(dates.daysOfWeek()));
        }
        return String.join(dates.both() ? " if also " : " or ", parts);
    }

    private static String daysOfMonth(DaysOfMonth days) {
        List<String> parts = new ArrayList<>();
        if (days.fixed() != 0) {
            parts.add("the " + CronWords.list(days.fixed(), DateWords::ordinal));
        }
        CronWords.members(days.fromLast()).forEach(before -> parts.add(fromLast(before)));
        CronWords.members(days.nearest()).forEach(day -> parts.add("the weekday nearest to the " + ordinal(day)));
        CronWords.members(days.nearestFromLast())
                .forEach(before -> parts.add("the weekday nearest to " + fromLast(before)));
        return CronWords.join(parts);
    }

    private static String fromLast(int before) {
        if (before == 0) {
            return "the last day";
        }
        return before + (before == 1 ? " day" : " days") + " before the last day";
    }

    private static String daysOfWeek(DaysOfWeek days) {
        List<String> parts = new ArrayList<>();
        if (days.weekdays() != 0) {
            parts.add(CronWords.list(mondayFirst(days.weekdays()), DateWords::weekday));
        }
        days.rules().forEach(rule -> parts.add(rule(rule)));
        return CronWords.join(parts);
    }

    /** Moves Sunday behind Saturday, so that Friday to Sunday is one run. */
    private static long mondayFirst(long weekdays) {
        return (weekdays & ~1L) | ((weekdays & 1L) << WeekdayRule.WEEK);
    }

    private static String rule(WeekdayRule rule) {
        if (rule instanceof WeekdayRule.Nth nth) {
            return "the " + ordinal(nth.n()) + " " + weekday(nth.weekday());
        }
        if (rule instanceof WeekdayRule.NthFromLast last) {
            String which = last.n() == 1 ? "" : ordinal(last.n()) + " to ";
            return "the " + which + "last " + weekday(last.weekday());
        }
        WeekdayRule.EveryNthWeek every = (WeekdayRule.EveryNthWeek) rule;
        return weekday(every.weekday()) + " of every " + ordinal(every.divisor()) + " week";
    }

    private static String weekday(int day) {
        return capital(CronField.DAY_OF_WEEK.names().get(day % WeekdayRule.WEEK));
    }

    static String month(int month) {
        return capital(CronField.MONTH.names().get(month - 1));
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String ordinal(int number) {
        boolean teen = number % HUNDRED >= TEENS_FROM && number % HUNDRED <= TEENS_TO;
        if (teen) {
            return number + "th";
        }
        return number
                + switch (number % TEN) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }
}
