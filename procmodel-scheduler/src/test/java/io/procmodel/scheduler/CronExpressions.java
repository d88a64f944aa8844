package io.procmodel.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random cron expressions of a dialect, mostly plain, with all that its fields allow now and then. */
final class CronExpressions {
    private static final String[] MONTHS = {
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"
    };
    private static final String[] DAYS = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

    private final SplittableRandom random;

    CronExpressions(SplittableRandom random) {
        this.random = random;
    }

    /** Five fields of a crontab. */
    String unix() {
        return clock() + " " + field(1, 31) + " " + month() + " " + dayOfWeek(0, 6, false);
    }

    /** Six fields of Quartz: one of the day fields is a question mark. */
    String quartz() {
        String time = field(0, 59) + " " + clock();
        return random.nextBoolean()
                ? time + " " + dayOfMonth() + " " + month() + " ?"
                : time + " ? " + month() + " " + dayOfWeek(1, 7, true);
    }

    /** Six fields of Spring, both day fields now and then. */
    String spring() {
        String day = dayOfMonth();
        String weekday = random.nextInt(4) > 0 ? "*" : dayOfWeek(0, 6, true);
        return field(0, 59) + " " + clock() + " " + day + " " + month() + " " + weekday;
    }

    /** The same with one thing in it that may be wrong. */
    String broken(String expression) {
        String[] fields = expression.split(" ", -1);
        int at = random.nextInt(fields.length);
        String field = fields[at];
        fields[at] = switch (random.nextInt(16)) {
            case 0 -> Integer.toString(random.nextInt(100));
            case 1 -> field + "/" + random.nextInt(100);
            case 2 -> random.nextInt(70) + "-" + random.nextInt(70);
            case 3 -> field + ",";
            case 4 -> "," + field;
            case 5 -> field + "-";
            case 6 -> "*/0";
            case 7 -> "*/-" + (1 + random.nextInt(9));
            case 8 -> field + "L";
            case 9 -> field + "W";
            case 10 -> field + "#" + random.nextInt(8);
            case 11 -> "L-" + random.nextInt(40);
            case 12 -> "XYZ";
            case 13 -> field + " " + field;
            case 14 -> "?";
            default -> "";
        };
        return String.join(" ", fields).strip();
    }

    private String clock() {
        return field(0, 59) + " " + field(0, 23);
    }

    private String month() {
        return random.nextInt(6) == 0 ? MONTHS[random.nextInt(12)] : random.nextBoolean() ? "*" : field(1, 12);
    }

    private String dayOfMonth() {
        return switch (random.nextInt(12)) {
            case 0 -> "L";
            case 1 -> "LW";
            case 2 -> (1 + random.nextInt(31)) + "W";
            case 3 -> "L-" + (1 + random.nextInt(30));
            default -> field(1, 31);
        };
    }

    private String dayOfWeek(int first, int last, boolean special) {
        int day = first + random.nextInt(last - first + 1);
        return switch (random.nextInt(special ? 8 : 6)) {
            case 0 -> DAYS[random.nextInt(7)];
            case 1 -> "MON-FRI";
            case 6 -> day + "#" + (1 + random.nextInt(5));
            case 7 -> day + "L";
            default -> random.nextBoolean() ? "*" : list(first, last);
        };
    }

    private String field(int first, int last) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> "*";
            case 3 -> "*/" + (1 + random.nextInt((last - first + 1) / 2));
            case 4 -> range(first, last) + "/" + (1 + random.nextInt(5));
            case 5 -> range(first, last);
            default -> list(first, last);
        };
    }

    private String list(int first, int last) {
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            parts.add(random.nextInt(4) == 0 ? range(first, last) : String.valueOf(value(first, last)));
        }
        return String.join(",", parts);
    }

    private String range(int first, int last) {
        int a = value(first, last);
        int b = value(first, last);
        return Math.min(a, b) + "-" + Math.max(a, b);
    }

    private int value(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }
}
