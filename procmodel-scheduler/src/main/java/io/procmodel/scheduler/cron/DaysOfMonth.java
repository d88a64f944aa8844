package io.procmodel.scheduler.cron;

/**
 * The day-of-month field: sets of days counted from the 1st, of days counted back from the last (0 is the last), and of
 * days of both kinds that move to the nearest weekday. Immutable.
 */
record DaysOfMonth(
        boolean any,
        boolean star,
        long fixed,
        long fromLast,
        long nearest,
        long nearestFromLast,
        boolean sundayOnlyForward) {
    private static final int SUNDAY = 0;
    private static final int SATURDAY = 6;

    long in(MonthOfYear month) {
        long days = fixed & month.days();
        if (fromLast != 0) {
            // Bit k becomes bit length - k: reversed, day 63 - k stands at bit k.
            days |= (Long.reverse(fromLast) >>> (63 - month.length())) & month.days();
        }
        for (long rest = nearest; rest != 0; rest &= rest - 1) {
            days |= nearestWeekday(month, Bits.first(rest), sundayOnlyForward);
        }
        for (long rest = nearestFromLast; rest != 0; rest &= rest - 1) {
            days |= nearestWeekday(month, month.length() - Bits.first(rest), false);
        }
        return days;
    }

    private static long nearestWeekday(MonthOfYear month, int day, boolean sundayOnlyForward) {
        if (day < 1 || day > month.length()) {
            return 0;
        }
        return switch (month.weekday(day)) {
            case SATURDAY -> 1L << (day > 1 ? day - 1 : day + 2);
            case SUNDAY -> {
                if (day < month.length()) {
                    yield 1L << (day + 1);
                }
                yield sundayOnlyForward ? 0 : 1L << (day - 2);
            }
            default -> 1L << day;
        };
    }

    boolean last() {
        return fromLast != 0 || nearestFromLast != 0;
    }
}
