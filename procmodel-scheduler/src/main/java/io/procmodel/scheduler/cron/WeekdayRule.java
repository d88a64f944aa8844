package io.procmodel.scheduler.cron;

/** A choice among a month's dates on one weekday, 0 for Sunday. */
sealed interface WeekdayRule {
    int WEEK = 7;

    /** The chosen days, as bits 1 to 31. */
    long in(MonthOfYear month);

    /** The {@code n}th, from 1; a month without it has none. */
    record Nth(int weekday, int n) implements WeekdayRule {
        @Override
        public long in(MonthOfYear month) {
            return (1L << (month.firstOn(weekday) + WEEK * (n - 1))) & month.days();
        }
    }

    /** The {@code n}th counted back, 1 for the last. */
    record NthFromLast(int weekday, int n) implements WeekdayRule {
        @Override
        public long in(MonthOfYear month) {
            int day = month.lastOn(weekday) - WEEK * (n - 1);
            return day < 1 ? 0 : 1L << day;
        }
    }

    /** Those in weeks whose number, counted from Monday 2018-12-31, leaves {@code remainder} when divided. */
    record EveryNthWeek(int weekday, int divisor, int remainder) implements WeekdayRule {
        private static final long WEEK_0 = 17_896;

        @Override
        public long in(MonthOfYear month) {
            long days = 0;
            for (int day = month.firstOn(weekday); day <= month.length(); day += WEEK) {
                long week = Math.floorDiv(month.firstDay() + day - 1 - WEEK_0, (long) WEEK);
                if (Math.floorMod(week - remainder, (long) divisor) == 0) {
                    days |= 1L << day;
                }
            }
            return days;
        }
    }
}
