package io.procmodel.scheduler.cron;

import com.google.common.collect.ImmutableList;
import java.util.Locale;

/** One column of a cron expression: what it is called, the numbers it knows everywhere, and the names for them. */
public enum CronField {
    SECOND("second", 0, 59),
    MINUTE("minute", 0, 59),
    HOUR("hour", 0, 23),
    DAY_OF_MONTH("day of month", 1, 31),
    MONTH(
            "month",
            1,
            12,
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december"),
    DAY_OF_WEEK("day of week", 0, 6, "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
    YEAR("year", 1970, 2199);

    private static final int SHORT_NAME = 3;

    private final String label;
    private final int min;
    private final int max;
    private final ImmutableList<String> names;

    CronField(String label, int min, int max, String... names) {
        this.label = label;
        this.min = min;
        this.max = max;
        this.names = ImmutableList.copyOf(names);
    }

    /** The field's name as messages write it, for example {@code day of month}. */
    public String label() {
        return label;
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }

    ImmutableList<String> names() {
        return names;
    }

    /** The position of {@code text} among the names, three letters or the whole name in any case, or -1. */
    int nameIndex(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i < names.size(); i++) {
            String full = names.get(i);
            if (full.equals(name) || full.substring(0, SHORT_NAME).equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
