package io.procmodel.scheduler.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The times that a phrase names, and the minute and hour columns they make. Confined to one parse. */
final class PhraseTimes {
    private static final int HOUR = 60;
    private static final int NOON = 12;

    private final PhraseWords words;
    private final List<Integer> times = new ArrayList<>();
    private final TreeSet<Integer> minutes = new TreeSet<>();
    private @Nullable String everyMinutes;
    private @Nullable String everyHours;
    private int @Nullable [] range;

    PhraseTimes(PhraseWords words) {
        this.words = words;
    }

    void everyMinutes(String step) {
        everyMinutes = step;
    }

    void everyHours(String step) {
        everyHours = step;
    }

    void addMinute(int minute) {
        minutes.add(minute);
    }

    /** Takes a time, a list of times, or a range of hours, if one comes next. */
    boolean take() {
        OptionalInt first = takeTime();
        if (first.isEmpty()) {
            return false;
        }
        if (words.takeTo()) {
            OptionalInt last = takeTime();
            if (last.isEmpty() || last.getAsInt() % HOUR != first.getAsInt() % HOUR) {
                throw words.refuse("an end of the range with the same minute as its start");
            }
            range = new int[] {first.getAsInt(), last.getAsInt()};
            return true;
        }
        times.add(first.getAsInt());
        takeMore();
        return true;
    }

    private void takeMore() {
        int before = words.position();
        while (words.takeAnd()) {
            OptionalInt next = takeTime();
            if (next.isEmpty()) {
                words.back(before);
                return;
            }
            times.add(next.getAsInt());
            before = words.position();
        }
    }

    /** Takes one time as the minute of the day. */
    private OptionalInt takeTime() {
        if (words.take("noon", "midday")) {
            return OptionalInt.of(NOON * HOUR);
        }
        if (words.take("midnight")) {
            return OptionalInt.of(0);
        }
        OptionalInt clock = words.takeClock();
        if (clock.isPresent()) {
            return OptionalInt.of(halfOfDay(clock.getAsInt()));
        }
        OptionalInt hour = words.takeNumber();
        if (hour.isEmpty()) {
            return hour;
        }
        int minute = words.take("o'clock", "hundred") ? 0 : words.takeNumber().orElse(0);
        if (hour.getAsInt() > 24 || minute >= HOUR) {
            throw words.refuse("an hour up to 24 and a minute up to 59 before this");
        }
        return OptionalInt.of(halfOfDay(hour.getAsInt() * HOUR + minute));
    }

    private int halfOfDay(int minute) {
        int hour = minute / HOUR;
        if (words.take("am")) {
            return hour == NOON ? minute - NOON * HOUR : minute;
        }
        if (words.take("pm")) {
            return hour < NOON ? minute + NOON * HOUR : minute;
        }
        if (words.take("midnight")) {
            return hour == NOON ? 0 : minute;
        }
        words.take("noon", "midday");
        return minute;
    }

    /** The minute and hour columns; midnight if the phrase names no time. */
    String columns() {
        if (everyMinutes != null || !minutes.isEmpty()) {
            return (minutes.isEmpty() ? everyMinutes : join(minutes)) + " " + hoursOfMinutes();
        }
        if (range != null) {
            return range[0] % HOUR + " " + range[0] / HOUR + "-" + range[1] / HOUR;
        }
        if (times.isEmpty()) {
            return "0 " + (everyHours == null ? "0" : everyHours);
        }
        return listed();
    }

    private String hoursOfMinutes() {
        if (range != null) {
            int last = Math.max(range[0], range[1] - 1) / HOUR;
            return range[0] / HOUR + "-" + last;
        }
        return everyHours == null ? "*" : everyHours;
    }

    private String listed() {
        Map<Integer, TreeSet<Integer>> hoursByMinute = new TreeMap<>();
        for (int time : times) {
            hoursByMinute
                    .computeIfAbsent(time % HOUR, minute -> new TreeSet<>())
                    .add(time / HOUR);
        }
        if (hoursByMinute.values().stream().distinct().count() > 1) {
            throw words.refuse("times that share their hours or their minutes, or two schedules");
        }
        return join(hoursByMinute.keySet()) + " "
                + join(hoursByMinute.values().iterator().next());
    }

    private static String join(Iterable<Integer> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.toString()));
        return texts.stream().collect(Collectors.joining(","));
    }
}
