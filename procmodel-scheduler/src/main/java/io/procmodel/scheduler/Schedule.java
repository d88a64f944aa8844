package io.procmodel.scheduler;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When a job runs: a pure function from an instant to the next one. Immutable and thread-safe; nothing blocks, and no
 * clock is read. Each answer is later than its question.
 *
 * <p>Zones are UTC unless given, never the host's; what happens when clocks change is a {@link DstRule}.
 */
public sealed interface Schedule permits CronSchedule, FixedRate, AfterCompletion, Once, Computed {
    /** The first instant after {@code instant} at which the job runs; empty if there is none any more. */
    Optional<Instant> nextAfter(Instant instant);

    /** This schedule in one line of plain words. */
    String describe();

    /** This schedule in plain words, and the next five instants after {@code from}, one a line. */
    default String explain(Instant from) {
        return Explanation.of(this, from);
    }

    /**
     * Whether the schedule counts from the end of the last run, as {@link #everyAfterCompletion} does, and not from fixed
     * points in time.
     */
    default boolean followsCompletion() {
        return false;
    }

    /**
     * A fixed rate on a grid anchored at 1970-01-01T00:00Z: every 10 minutes is :00, :10, :20 … wherever and whenever it
     * starts.
     *
     * @throws InvalidScheduleException if {@code period} is not a positive whole number of milliseconds
     */
    static Schedule every(Duration period) {
        return every(period, Instant.EPOCH);
    }

    /**
     * A fixed rate on the grid that {@code anchor} is on.
     *
     * @throws InvalidScheduleException if {@code period} is not a positive whole number of milliseconds
     */
    static Schedule every(Duration period, Instant anchor) {
        return FixedRate.of(period, anchor);
    }

    /**
     * A pause of {@code pause} between the end of one run and the start of the next.
     *
     * @throws InvalidScheduleException if {@code pause} is not a positive whole number of milliseconds
     */
    static Schedule everyAfterCompletion(Duration pause) {
        return AfterCompletion.of(pause);
    }

    /**
     * Once an hour, at {@code minute} past the hour of UTC.
     *
     * @throws InvalidScheduleException if {@code minute} is outside 0 to 59
     */
    static CronSchedule hourlyAt(int minute) {
        return LocalTimes.hourly(minute, ZoneOffset.UTC);
    }

    /**
     * Once a day at a local time.
     *
     * @throws InvalidScheduleException if {@code time} has a fraction of a second
     */
    static CronSchedule daily(LocalTime time, ZoneId zone) {
        return LocalTimes.daily(time, zone);
    }

    /**
     * Once a day at a time of UTC, for example {@code 02:00}.
     *
     * @throws InvalidScheduleException if {@code time} is not {@code HH:MM} or {@code HH:MM:SS}
     */
    static CronSchedule dailyAt(String time) {
        return dailyAt(time, ZoneOffset.UTC);
    }

    /**
     * Once a day at a local time, for example {@code 02:00}.
     *
     * @throws InvalidScheduleException if {@code time} is not {@code HH:MM} or {@code HH:MM:SS}
     */
    static CronSchedule dailyAt(String time, ZoneId zone) {
        return daily(LocalTimes.time(time), zone);
    }

    /**
     * Once a week at a local time.
     *
     * @throws InvalidScheduleException if {@code time} has a fraction of a second
     */
    static CronSchedule weekly(DayOfWeek day, LocalTime time, ZoneId zone) {
        return LocalTimes.weekly(day, time, zone);
    }

    /**
     * Once a week at a time of UTC, for example {@code 09:00}.
     *
     * @throws InvalidScheduleException if {@code time} is not {@code HH:MM} or {@code HH:MM:SS}
     */
    static CronSchedule weeklyAt(DayOfWeek day, String time) {
        return weeklyAt(day, time, ZoneOffset.UTC);
    }

    /**
     * Once a week at a local time, for example {@code 09:00}.
     *
     * @throws InvalidScheduleException if {@code time} is not {@code HH:MM} or {@code HH:MM:SS}
     */
    static CronSchedule weeklyAt(DayOfWeek day, String time, ZoneId zone) {
        return weekly(day, LocalTimes.time(time), zone);
    }

    /** Once, at {@code instant}. */
    static Schedule at(Instant instant) {
        return new Once(instant);
    }

    /**
     * A crontab's expression, on UTC.
     *
     * @throws InvalidScheduleException with field, column and hint, if it breaks {@link CronDialect#UNIX}
     */
    static CronSchedule cron(String expression) {
        return cron(expression, ZoneOffset.UTC);
    }

    /**
     * A crontab's expression, on the clock of {@code zone}.
     *
     * @throws InvalidScheduleException with field, column and hint, if it breaks {@link CronDialect#UNIX}
     */
    static CronSchedule cron(String expression, ZoneId zone) {
        return cron(expression, zone, CronDialect.UNIX);
    }

    /**
     * A cron expression of {@code dialect}, on the clock of {@code zone}.
     *
     * @throws InvalidScheduleException with field, column and hint, if it breaks the dialect
     */
    static CronSchedule cron(String expression, ZoneId zone, CronDialect dialect) {
        return CronSchedule.parse(expression, zone, dialect);
    }

    /**
     * Reads {@code every 10 minutes} (seconds, hours, days, weeks), {@code every hour at :30} or {@code hourly at :30},
     * {@code daily at 02:00 UTC} or {@code every day at 02:00 Europe/Berlin}, {@code weekly on monday at 09:00}, and
     * anything else as a crontab's expression; without a zone on UTC.
     *
     * @throws InvalidScheduleException with column and hint, if it is none of these
     */
    static Schedule parse(String text) {
        return ScheduleText.parse(text);
    }

    /**
     * The caller's own function from an instant to the next one. It must be pure, and may return null for "never again".
     * An answer that is not later than the question is refused, by {@link #nextAfter}, with an
     * {@link IllegalStateException}: it would make a clock spin.
     */
    static Schedule of(Function<Instant, @Nullable Instant> next) {
        return new Computed(next);
    }
}
