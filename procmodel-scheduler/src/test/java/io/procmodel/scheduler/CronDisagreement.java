package io.procmodel.scheduler;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules by which another engine answers otherwise than this one, each with its reason. */
enum CronDisagreement {
    /**
     * When Quartz moves to the nearest weekday ({@code 15W}, {@code LW}) of a later day it keeps the time of day that it
     * was asked with, and loses the hours before it on the day of the run. This engine starts the day at midnight.
     */
    QUARTZ_LOSES_HOURS_BEFORE_THE_TIME_ASKED {
        @Override
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
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
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
            return oracle.equals("quartz")
                    && hasWeekdayMark(text)
                    && isInstant(mine)
                    && (its.equals("never") || its.compareTo(mine) > 0);
        }
    },
    /** Spring does the same when it is asked between the day and the weekday that stands for it. */
    SPRING_SKIPS_A_NEAREST_WEEKDAY {
        @Override
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
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
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
            return oracle.startsWith("spring")
                    && text.split(" ", -1)[3].matches("L-(28|29|30)")
                    && isInstant(its)
                    && (mine.equals("never") || mine.compareTo(its) > 0);
        }
    },
    /** Asked in a month that has no 31st, Spring runs {@code 31W} on its last weekday; this engine waits for the next 31st. */
    SPRING_RUNS_A_NEAREST_WEEKDAY_OF_A_DAY_THAT_IS_NOT_THERE {
        @Override
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
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
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
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
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
            return oracle.equals("cron-utils quartz") && text.split(" ", -1)[3].matches("(28|29|30|31)W");
        }
    },
    /** Quartz and Spring read steps that are longer than the field, and Quartz zero and negative ones as well. */
    A_STEP_OF_ANY_LENGTH {
        @Override
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
            return onlyThisRefuses(mine, its)
                    && !oracle.equals("cron-utils")
                    && STEP.matcher(text)
                            .results()
                            .map(step -> Integer.parseInt(step.group(1)))
                            .anyMatch(step -> step > 6 || (step < 1 && oracle.equals("quartz")));
        }
    },
    /** To Spring {@code L-31} and more are days of the month before. */
    SPRING_READS_ANY_DISTANCE_FROM_THE_LAST_DAY {
        @Override
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
            return onlyThisRefuses(mine, its) && oracle.equals("spring") && text.split(" ", -1)[3].matches(".*L-3\\d");
        }
    },
    /**
     * Quartz passes over what it does not understand: items that are empty, what stands behind {@code *} or {@code ?}, marks
     * of another field, a second slash, a number that the field has not.
     */
    QUARTZ_PASSES_OVER_WHAT_IT_DOES_NOT_UNDERSTAND {
        @Override
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
            return onlyThisRefuses(mine, its)
                    && oracle.equals("quartz")
                    && (ODD.matcher(text).find() || text.split(" ", -1).length == 7 || hasNumberFrom(text, 60));
        }
    },
    /** Quartz passes over the step behind the name of a month or a day. */
    QUARTZ_PASSES_OVER_A_STEP_BEHIND_A_NAME {
        @Override
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
            return oracle.equals("quartz") && from != null && text.matches(".*[A-Z]{3}/.*");
        }
    },
    /** To Spring 7 to 7 is 0 to 7, every day; to this engine it is Sunday. */
    SPRING_READS_SUNDAY_TO_SUNDAY_AS_EVERY_DAY {
        @Override
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
            return oracle.equals("spring")
                    && from != null
                    && text.split(" ", -1)[5].matches("(.*,)?(7|SUN)-(7|SUN)(,.*)?");
        }
    },
    /** Spring reads {@code 5#6} and more, which never come. */
    SPRING_READS_A_SIXTH_WEEKDAY_OF_A_MONTH {
        @Override
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
            return onlyThisRefuses(mine, its) && oracle.equals("spring") && text.matches(".*#[6-9].*");
        }
    },
    /** The week of cron-utils goes on to a Sunday at its end when a step counts from a day; this engine's ends on Saturday. */
    CRON_UTILS_COUNTS_ON_TO_A_SEVENTH_DAY {
        @Override
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
            return oracle.equals("cron-utils")
                    && from != null
                    && text.split(" ", -1)[4].matches("(.*,)?(\\d|[A-Z]{3})/\\d.*");
        }
    },
    /** cron-utils passes over a dash at the end and a second slash. */
    CRON_UTILS_PASSES_OVER_A_DASH_AND_A_SECOND_SLASH {
        @Override
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
            return onlyThisRefuses(mine, its) && oracle.equals("cron-utils") && text.matches(".*(-[ ,].*|-|/\\d+/.*)");
        }
    },
    /** This engine's crontabs may have seconds, {@code ?}, ranges over the end, {@code L} and {@code #}; cron-utils' not. */
    UNIX_HAS_MORE_HERE {
        @Override
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
            boolean more = text.split(" ", -1).length == 6 || text.matches(".*([?L#]|\\d-\\d).*");
            return mine.equals("read") && its.equals("refused") && oracle.equals("cron-utils") && more;
        }
    },
    /** A step as long as the field is the field's first value to this engine, and refused by cron-utils. */
    A_STEP_AS_LONG_AS_THE_FIELD {
        @Override
        boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its) {
            return mine.equals("read") && its.equals("refused") && oracle.equals("cron-utils") && text.contains("/");
        }
    };

    private static final Pattern STEP = Pattern.compile("/(-?\\d+)");
    private static final Pattern ODD = Pattern.compile("(^|[ ,])([ ,]|$)|[*?][^/ ]|[-/]([ ,]|$)|/\\d+/|[LW#]|-0 ");

    /** The rule that explains a disagreement. */
    static Optional<CronDisagreement> of(String oracle, String text, @Nullable Instant from, String mine, String its) {
        return Arrays.stream(values())
                .filter(rule -> rule.explains(oracle, text, from, mine, its))
                .findFirst();
    }

    abstract boolean explains(String oracle, String text, @Nullable Instant from, String mine, String its);

    private static boolean onlyThisRefuses(String mine, String its) {
        return mine.equals("refused") && its.equals("read");
    }

    private static boolean hasNumberFrom(String text, int least) {
        return Pattern.compile("\\d+")
                .matcher(text)
                .results()
                .anyMatch(number -> Integer.parseInt(number.group()) >= least);
    }

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
