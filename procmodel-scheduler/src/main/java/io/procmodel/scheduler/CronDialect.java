package io.procmodel.scheduler;

import io.procmodel.scheduler.cron.ClockworkTime;
import io.procmodel.scheduler.cron.CronExpression;
import io.procmodel.scheduler.cron.CronParser;
import io.procmodel.scheduler.cron.FugitPhrase;
import io.procmodel.scheduler.cron.Grammar;

/**
 * The way in which a cron text is read. The dialects disagree about the same text: {@code 5} as the day of week is
 * Friday to {@link #UNIX} and Thursday to {@link #QUARTZ}; two restricted day fields mean either day to UNIX and both to
 * {@link #SPRING}.
 */
public enum CronDialect {
    /**
     * What crontabs mean, and the default: 5 fields, or 6 with seconds first; Sunday is 0 or 7; names of months and days;
     * ranges may run over the end ({@code 22-3}); {@code a/n} goes on to the end of the field; {@code ?} is {@code *} in
     * a day field; {@code L}, {@code 5L}, {@code 5#2}; {@code @daily} and its kin. Two restricted day fields mean either.
     */
    UNIX,

    /**
     * Quartz: 6 fields, or 7 with the year last; Sunday is 1; one day field must be {@code ?}; {@code L}, {@code L-3},
     * {@code 15W}, {@code LW}, {@code 6L}, {@code 6#3}.
     */
    QUARTZ,

    /**
     * Spring: 6 fields; Sunday is 0 or 7; both day fields must match; ranges rise; a stepped day of week counts from
     * Monday; {@code L}, {@code L-3}, {@code 15W}, {@code LW}, {@code 5L}, {@code 5#2} also in lists; {@code @daily} and
     * its kin.
     */
    SPRING,

    /**
     * The {@code at} of Ruby's Clockwork: {@code 16:20}, {@code **:20} for every hour, {@code 16:**} for every minute of
     * an hour, {@code Saturday 12:00}.
     */
    CLOCKWORK,

    /**
     * Ruby's fugit (rufus-scheduler): cron with {@code 24} for midnight, {@code -2} for the last day but one,
     * {@code mon#-1}, {@code mon%2+1} for every second week (counted from Monday 2018-12-31), {@code &} after a day field
     * to require both; and English phrases such as {@code every weekday at five pm}. A date that no year has is refused.
     */
    FUGIT;

    CronExpression read(String text) {
        return switch (this) {
            case UNIX -> new CronParser(Grammar.UNIX).parse(text);
            case QUARTZ -> new CronParser(Grammar.QUARTZ).parse(text);
            case SPRING -> new CronParser(Grammar.SPRING).parse(text);
            case CLOCKWORK -> ClockworkTime.parse(text);
            case FUGIT -> FugitPhrase.parse(text);
        };
    }
}
