package io.procmodel.scheduler;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;

/** The rules by which another engine answers otherwise than this one, each with its reason. */
enum CronDisagreement {
    /**
     * When Quartz moves to the nearest weekday ({@code 15W}, {@code LW}) of a later day it keeps the time of day that it
     * was asked with, and loses the hours before it on the day of the run. This engine starts the day at midnight.
     */
    QUARTZ_LOSES_HOURS_BEFORE_THE_TIME_ASKED {
        @Override
        boolean explains(String oracle, String text, Instant from, String mine, String its) {
            return oracle.equals("quartz")
                    && hasWeekdayMark(text)
                    && isInstant(mine)
                    && isInstant(its)
                    && day(mine).equals(day(its))
                    && its.compareTo(mine) > 0;
        }
    },
    /** Quartz skips a month whose nearest weekday lies after the day asked for, such as {@code 1W} on a Saturday. */
    QUARTZ_SKIPS_A_NEAREST_WEEKDAY {
        @Override
        boolean explains(String oracle, String text, Instant from, String mine, String its) {
            return oracle.equals("quartz")
                    && hasWeekdayMark(text)
                    && isInstant(mine)
                    && (its.equals("never") || its.compareTo(mine) > 0);
        }
    },
    /** Spring does the same when it is asked between the day and the weekday that stands for it. */
    SPRING_SKIPS_A_NEAREST_WEEKDAY {
        @Override
        boolean explains(String oracle, String text, Instant from, String mine, String its) {
            return oracle.startsWith("spring")
                    && hasWeekdayMark(text)
                    && isInstant(mine)
                    && (its.equals("never") || its.compareTo(mine) > 0);
        }
    },
    /**
     * {@code L-30} of a month of 30 days is a day of the month before to Spring, and no day at all to this engine, as
     * {@code L-28} to {@code L-30} are in February.
     */
    SPRING_COUNTS_BACK_INTO_THE_MONTH_BEFORE {
        @Override
        boolean explains(String oracle, String text, Instant from, String mine, String its) {
            return oracle.startsWith("spring")
                    && text.split(" ", -1)[3].matches("L-(28|29|30)")
                    && isInstant(its)
                    && (mine.equals("never") || mine.compareTo(its) > 0);
        }
    },
    /** Asked in a month that has no 31st, Spring runs {@code 31W} on its last weekday; this engine waits for the next 31st. */
    SPRING_RUNS_A_NEAREST_WEEKDAY_OF_A_DAY_THAT_IS_NOT_THERE {
        @Override
        boolean explains(String oracle, String text, Instant from, String mine, String its) {
            return oracle.startsWith("spring")
                    && text.split(" ", -1)[3].matches("(29|30|31)W")
                    && isInstant(its)
                    && (mine.equals("never") || its.compareTo(mine) < 0);
        }
    },
    /**
     * Reaching an overlap from an earlier hour, cron-utils starts with the second pass, although it runs the first one
     * otherwise.
     */
    CRON_UTILS_STARTS_WITH_THE_SECOND_PASS {
        @Override
        boolean explains(String oracle, String text, Instant from, String mine, String its) {
            if (!oracle.startsWith("cron-utils ") || !oracle.contains("/") || !isInstant(mine) || !isInstant(its)) {
                return false;
            }
            ZoneId zone = ZoneId.of(oracle.substring("cron-utils ".length()));
            LocalDateTime first = LocalDateTime.ofInstant(Instant.parse(mine), zone);
            return its.compareTo(mine) > 0 && first.equals(LocalDateTime.ofInstant(Instant.parse(its), zone));
        }
    },
    /** cron-utils runs {@code 30W} on a Sunday, and fails for a day that one of the months on the way has not. */
    CRON_UTILS_NEAREST_WEEKDAY_AT_THE_END_OF_A_MONTH {
        @Override
        boolean explains(String oracle, String text, Instant from, String mine, String its) {
            return oracle.equals("cron-utils quartz") && text.split(" ", -1)[3].matches("(28|29|30|31)W");
        }
    };

    /** The rule that explains a disagreement. */
    static Optional<CronDisagreement> of(String oracle, String text, Instant from, String mine, String its) {
        return Arrays.stream(values())
                .filter(rule -> rule.explains(oracle, text, from, mine, its))
                .findFirst();
    }

    abstract boolean explains(String oracle, String text, Instant from, String mine, String its);

    private static boolean hasWeekdayMark(String text) {
        return text.split(" ", -1)[3].contains("W");
    }

    private static boolean isInstant(String answer) {
        return answer.endsWith("Z");
    }

    private static String day(String answer) {
        return Instant.parse(answer).atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
