package io.procmodel.scheduler.cron;

import java.util.List;

/** The day-of-week field: a set of weekdays, 0 for Sunday, and rules that pick some of a weekday's dates. Immutable. */
record DaysOfWeek(boolean any, boolean star, long weekdays, List<WeekdayRule> rules) {
    private static final long EVERY_WEEK = 1L | (1L << 7) | (1L << 14) | (1L << 21) | (1L << 28) | (1L << 35);

    DaysOfWeek {
        rules = List.copyOf(rules);
    }

    long in(MonthOfYear month) {
        long days = (((weekdays * EVERY_WEEK) >>> month.firstWeekday()) << 1) & month.days();
        for (WeekdayRule rule : rules) {
            days |= rule.in(month);
        }
        return days;
    }

    boolean last() {
        return rules.stream().anyMatch(rule -> rule instanceof WeekdayRule.NthFromLast);
    }
}
