package io.procmodel.scheduler.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Reads what Ruby's fugit reads: its cron, and English phrases that name a cron expression, such as
 * {@code every monday at 9 am}. A phrase that no cron expression means, such as {@code every 100 minutes}, is refused.
 */
public final class FugitPhrase {
    private static final String PARTS = "every, from, at or on";
    private static final Pattern FIRST_WORD = Pattern.compile("(every|from|at|on)\\b");

    private final PhraseWords words;
    private final PhraseTimes times;
    private final List<String> days = new ArrayList<>();
    private final List<String> weekdays = new ArrayList<>();
    private String second = "";
    private String month = "*";
    /** What "every month" or "every 2 days" mean if the phrase names no day. */
    private String usualDay = "*";

    private String usualWeekday = "*";

    private FugitPhrase(String text) {
        this.words = new PhraseWords(text);
        this.times = new PhraseTimes(words);
    }

    /**
     * Reads {@code text}.
     *
     * @throws CronSyntaxException if it is neither
     */
    public static CronExpression parse(String text) {
        CronParser cron = new CronParser(Grammar.FUGIT);
        String start = text.strip().toLowerCase(Locale.ROOT);
        if (FIRST_WORD.matcher(start).lookingAt()) {
            return cron.parse(new FugitPhrase(text).toCron()).named(text);
        }
        return cron.parse(text);
    }

    private String toCron() {
        while (!words.atEnd()) {
            part();
        }
        String day = days.isEmpty() ? weekdays.isEmpty() ? usualDay : "*" : String.join(",", days);
        String weekday = weekdays.isEmpty() ? usualWeekday : String.join(",", weekdays);
        return second + times.columns() + " " + day + " " + month + " " + weekday;
    }

    private void part() {
        words.takeAnd();
        if (words.take("every")) {
            every();
        } else if (words.take("on", "in")) {
            on();
        } else {
            boolean named = words.take("from", "at");
            words.take("the");
            boolean read = (named && pointsOfTime()) || times.take() || weekdays() || ordinals();
            if (!read) {
                throw words.refuse(named ? "a time or a range" : PARTS);
            }
        }
    }

    private void every() {
        if (!weekdays() && !ordinals()) {
            interval();
        }
    }

    private void interval() {
        int start = words.position();
        int count = words.takeNumber().orElse(1);
        CronField field = unit();
        if (count < 1 || count > (field == CronField.YEAR ? 1 : field.max())) {
            words.back(start);
            throw words.refuse("a period that starts anew in each round of the field, or every(Duration)");
        }
        String step = count == 1 ? "*" : "*/" + count;
        switch (field) {
            case SECOND -> {
                second = step + " ";
                times.everyMinutes("*");
            }
            case MINUTE -> times.everyMinutes(step);
            case HOUR -> times.everyHours(step);
            case DAY_OF_MONTH -> usualDay = step;
            case MONTH -> {
                month = step;
                usualDay = "1";
            }
            case DAY_OF_WEEK -> usualWeekday = "0";
            case YEAR -> {
                month = "1";
                usualDay = "1";
            }
        }
    }

    private CronField unit() {
        if (words.take("second", "seconds", "sec", "secs", "s")) {
            return CronField.SECOND;
        }
        if (words.take("minute", "minutes", "min", "mins", "m")) {
            return CronField.MINUTE;
        }
        if (words.take("hour", "hours", "h")) {
            return CronField.HOUR;
        }
        if (words.take("day", "days", "d")) {
            return CronField.DAY_OF_MONTH;
        }
        if (words.take("month", "months")) {
            return CronField.MONTH;
        }
        if (words.take("week")) {
            return CronField.DAY_OF_WEEK;
        }
        if (words.take("year")) {
            return CronField.YEAR;
        }
        throw words.refuse("a unit from second to year, a weekday, or a day of the month");
    }

    private void on() {
        words.take("the");
        boolean read = words.take("day", "days") ? numbers(days) : pointsOfTime() || weekdays() || ordinals();
        if (!read) {
            throw words.refuse("a weekday, a day of the month, or minutes");
        }
    }

    /** Takes {@code min 11} or {@code seconds 10 and 40}. */
    private boolean pointsOfTime() {
        if (words.take("minute", "minutes", "min", "mins")) {
            List<String> minutes = new ArrayList<>();
            boolean read = numbers(minutes);
            minutes.forEach(minute -> times.addMinute(Integer.parseInt(minute)));
            return read;
        }
        if (words.take("second", "seconds", "sec", "secs")) {
            List<String> seconds = new ArrayList<>();
            boolean read = numbers(seconds);
            second = String.join(",", seconds) + " ";
            return read;
        }
        return false;
    }

    private boolean numbers(List<String> target) {
        OptionalInt number = words.takeNumber();
        if (number.isEmpty()) {
            return false;
        }
        target.add(Integer.toString(number.getAsInt()));
        return more(() -> numbers(target));
    }

    private boolean weekdays() {
        if (words.takeBusinessDay()) {
            weekdays.add("1-5");
            return more(this::weekdays);
        }
        OptionalInt first = words.takeWeekday();
        if (first.isEmpty()) {
            return false;
        }
        OptionalInt last = words.takeTo() ? words.takeWeekday() : OptionalInt.empty();
        weekdays.add(first.getAsInt() + (last.isPresent() ? "-" + last.getAsInt() : ""));
        return more(this::weekdays);
    }

    private boolean ordinals() {
        String first = ordinal();
        if (first.isEmpty()) {
            return false;
        }
        if (words.takeTo()) {
            words.take("the");
            days.add(first + "-" + ordinal());
        } else {
            days.add(first);
        }
        boolean read = more(this::ordinals);
        words.take("day", "days");
        if (words.take("of")) {
            words.take("the", "every", "each");
            return words.take("month");
        }
        return read;
    }

    private String ordinal() {
        if (words.take("last")) {
            return "L";
        }
        int start = words.position();
        OptionalInt day = words.takeOrdinal();
        // "every second" is a unit, "every second of the month" a day.
        if (day.isEmpty() || (day.getAsInt() == 2 && !words.ordinalCanEnd())) {
            words.back(start);
            return "";
        }
        return Integer.toString(day.getAsInt());
    }

    /** Goes on with a list if an item follows the joining word, and steps back if not. */
    private boolean more(BooleanSupplier item) {
        int before = words.position();
        if (!words.takeAnd() || !item.getAsBoolean()) {
            words.back(before);
        }
        return true;
    }
}
