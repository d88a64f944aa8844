package io.procmodel.scheduler.cron;

import java.time.LocalDate;

/**
 * A cron text made ready to be asked: on the local time line, which second matches next? Zones and clock changes are
 * {@link ZonedTicks}' business. Immutable.
 *
 * @param text the text as given
 * @param wildcard whether the minute or the hour begins with {@code *}, which makes it a rhythm rather than a time of
 *     day when clocks change (cronie's distinction)
 */
public record CronExpression(String text, TimesOfDay times, Dates dates, boolean wildcard) {
    static final long NONE = Long.MAX_VALUE;

    private static final long DAY = 86_400;
    /** A year inside of what LocalDate can hold, so that a search of 400 years stays inside too. */
    private static final long FIRST_DAY = LocalDate.MIN.plusYears(1).toEpochDay();

    private static final long LAST_DAY = LocalDate.MAX.minusYears(500).toEpochDay();

    /** Whether a day field begins with a star, alone or stepped. */
    public boolean starredDays() {
        return dates.daysOfMonth().star() || dates.daysOfWeek().star();
    }

    /** Whether both day fields must match when both are restricted. */
    public boolean bothDays() {
        return dates.both();
    }

    /** The same expression with the other answer to {@link #bothDays()}. */
    public CronExpression bothDays(boolean both) {
        Dates joined = new Dates(dates.months(), dates.daysOfMonth(), dates.daysOfWeek(), both, dates.years());
        return new CronExpression(text, times, joined, wildcard);
    }

    /** The same expression under the text that stood for it. */
    CronExpression named(String original) {
        return new CronExpression(original, times, dates, wildcard);
    }

    /**
     * The first matching second, counted on the local clock from 1970-01-01T00:00, that is not before {@code local}, or
     * {@link #NONE}.
     */
    long atOrAfter(long local) {
        long today = Math.floorDiv(local, DAY);
        if (today < FIRST_DAY) {
            return atOrAfter(FIRST_DAY * DAY);
        }
        if (today > LAST_DAY) {
            return NONE;
        }
        long day = dates.atOrAfter(today);
        if (day == today) {
            int second = times.atOrAfter((int) (local - today * DAY));
            if (second != TimesOfDay.NONE) {
                return today * DAY + second;
            }
            day = dates.atOrAfter(today + 1);
        }
        return day == Dates.NONE ? NONE : day * DAY + times.first();
    }

    /** Whether no date will ever match. */
    boolean never() {
        return atOrAfter(0) == NONE;
    }
}
