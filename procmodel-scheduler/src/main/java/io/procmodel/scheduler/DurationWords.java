package io.procmodel.scheduler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Durations as people say them. */
final class DurationWords {
    private static final int SECONDS = 60;
    private static final int MINUTES = 60;
    private static final int HOURS = 24;

    private DurationWords() {}

    static String of(Duration duration) {
        List<String> parts = new ArrayList<>();
        add(parts, duration.toDays(), "day");
        add(parts, duration.toHours() % HOURS, "hour");
        add(parts, duration.toMinutes() % MINUTES, "minute");
        add(parts, duration.toSeconds() % SECONDS, "second");
        add(parts, duration.toMillisPart(), "millisecond");
        return parts.isEmpty() ? "0 seconds" : String.join(" ", parts);
    }

    private static void add(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }
}
