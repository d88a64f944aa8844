package io.procmodel.scheduler.cron;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code at} option of Ruby's Clockwork, which is a time of day with wildcards and perhaps a weekday. */
public final class ClockworkTime {
    private static final Pattern AT = Pattern.compile("(?:(\\p{Alpha}+)[ \\t]+)?(\\d{1,2}|\\*{1,2}):(\\d\\d|\\*\\*)");
    private static final String EXPECTED = "16:20, **:20, 16:** or Saturday 12:00";

    private ClockworkTime() {}

    /**
     * Reads {@code text}.
     *
     * @throws CronSyntaxException if it is not one of the forms
     */
    public static CronExpression parse(String text) {
        Matcher at = AT.matcher(text);
        if (!at.matches() || (at.group(2).startsWith("*") && at.group(3).startsWith("*"))) {
            throw new CronSyntaxException(null, 1, text, EXPECTED, "");
        }
        String weekday = at.group(1) == null ? "*" : at.group(1);
        if (at.group(1) != null && CronField.DAY_OF_WEEK.nameIndex(weekday) < 0) {
            throw new CronSyntaxException(CronField.DAY_OF_WEEK.label(), 1, weekday, "a name of a day", "");
        }
        checkRange(text, CronField.HOUR, at, 2);
        checkRange(text, CronField.MINUTE, at, 3);
        String cron = star(at.group(3)) + " " + star(at.group(2)) + " * * " + weekday;
        return new CronParser(Grammar.UNIX).parse(cron).named(text);
    }

    private static String star(String value) {
        return value.startsWith("*") ? "*" : value;
    }

    private static void checkRange(String text, CronField field, Matcher at, int group) {
        String value = at.group(group);
        if (!value.startsWith("*") && Integer.parseInt(value) > field.max()) {
            String found = text.substring(at.start(group), at.end(group));
            throw new CronSyntaxException(
                    field.label(), at.start(group) + 1, found, field.min() + " to " + field.max(), "");
        }
    }
}
