package io.procmodel.scheduler;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the sentences in which Heroku's scheduler speaks, and cron. */
final class ScheduleText {
    private static final Pattern EVERY = phrase("every(?: (\\d{1,9}))? (second|minute|hour|day|week)s?");
    private static final Pattern HOURLY = phrase("(?:hourly|every hour) at (?:\\d{0,2}|\\*\\*):(\\d{2})");
    private static final Pattern DAILY = phrase("(?:daily|every day) at (\\d{1,2}:\\d{2})(?: (\\S+))?");
    private static final Pattern WEEKLY =
            phrase("(?:weekly on|every) (\\p{Alpha}{3,9}) at (\\d{1,2}:\\d{2})(?: (\\S+))?");
    private static final Pattern SENTENCE = phrase("(?:every|hourly|daily|weekly)\\b.*");

    private ScheduleText() {}

    private static Pattern phrase(String words) {
        return Pattern.compile("\\s*" + words.replace(" ", "\\s+") + "\\s*", Pattern.CASE_INSENSITIVE);
    }

    static Schedule parse(String text) {
        Matcher every = EVERY.matcher(text);
        if (every.matches()) {
            return Schedule.every(period(text, every.group(1), every.group(2)));
        }
        Matcher hourly = HOURLY.matcher(text);
        if (hourly.matches()) {
            return LocalTimes.hourly(Integer.parseInt(hourly.group(1)), ZoneOffset.UTC);
        }
        Matcher daily = DAILY.matcher(text);
        if (daily.matches()) {
            return Schedule.dailyAt(daily.group(1), zone(text, daily.group(2)));
        }
        Matcher weekly = WEEKLY.matcher(text);
        if (weekly.matches()) {
            ZoneId zone = zone(text, weekly.group(3));
            return Schedule.weeklyAt(day(text, weekly.group(1)), weekly.group(2), zone);
        }
        return cron(text);
    }

    private static Schedule cron(String text) {
        if (SENTENCE.matcher(text).matches()) {
            throw new InvalidScheduleException(
                    text,
                    text,
                    "\"every 10 minutes\", \"hourly at :30\", \"daily at 02:00 UTC\", \"weekly on monday at 09:00\" or cron",
                    "other phrases are understood by cron(text, zone, CronDialect.FUGIT)");
        }
        return Schedule.cron(text);
    }

    private static Duration period(String text, @Nullable String count, String unit) {
        long number = count == null ? 1 : Long.parseLong(count);
        if (number == 0) {
            throw new InvalidScheduleException(text, "0", "a number from 1", "");
        }
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "second" -> Duration.ofSeconds(number);
            case "minute" -> Duration.ofMinutes(number);
            case "hour" -> Duration.ofHours(number);
            case "day" -> Duration.ofDays(number);
            default -> Duration.ofDays(Math.multiplyExact(number, 7L));
        };
    }

    private static ZoneId zone(String text, @Nullable String name) {
        if (name == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new InvalidScheduleException(text, name, "a zone", "for example UTC or Europe/Berlin");
        }
    }

    private static DayOfWeek day(String text, String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(DayOfWeek.values())
                .filter(day ->
                        day.name().equals(upper) || day.name().substring(0, 3).equals(upper))
                .findFirst()
                .orElseThrow(() -> new InvalidScheduleException(text, name, "a day of the week", ""));
    }
}
