package io.procmodel.scheduler;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;

/** Schedules by a time of the local clock, written as cron expressions. */
final class LocalTimes {
    private static final int MAX_MINUTE = 59;
    private static final int DAYS = 7;

    private LocalTimes() {}

    static CronSchedule hourly(int minute, ZoneId zone) {
        if (minute < 0 || minute > MAX_MINUTE) {
            throw new InvalidScheduleException(
                    "hourly at " + minute, Integer.toString(minute), "a minute from 0 to 59", "");
        }
        return CronSchedule.parse(minute + " * * * *", zone, CronDialect.UNIX);
    }

    static CronSchedule daily(LocalTime time, ZoneId zone) {
        return CronSchedule.parse(columns(time) + " * * *", zone, CronDialect.UNIX);
    }

    static CronSchedule weekly(DayOfWeek day, LocalTime time, ZoneId zone) {
        return CronSchedule.parse(columns(time) + " * * " + day.getValue() % DAYS, zone, CronDialect.UNIX);
    }

    private static String columns(LocalTime time) {
        if (time.getNano() != 0) {
            throw new InvalidScheduleException(time.toString(), time.toString(), "a whole second", "");
        }
        String second = time.getSecond() == 0 ? "" : time.getSecond() + " ";
        return second + time.getMinute() + " " + time.getHour();
    }

    static LocalTime time(String text) {
        try {
            return LocalTime.parse(text.length() == "9:00".length() ? "0" + text : text);
        } catch (DateTimeException e) {
            throw new InvalidScheduleException(text, text, "a time from 00:00 to 23:59", "");
        }
    }
}
