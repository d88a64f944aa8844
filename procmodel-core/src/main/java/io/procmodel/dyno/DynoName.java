package io.procmodel.dyno;

import io.procmodel.error.InvalidValueException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a dyno: its process type and a number from 1, {@code web.1} (Heroku: DYN-1). A name is not unique in time:
 * during a restart an old and a new dyno may share it (DYN-2). Sorted by type, then by number.
 *
 * @param processType the process type, as in the Procfile
 * @param number the number, from 1
 */
public record DynoName(String processType, int number) implements Comparable<DynoName> {
    private static final int LONGEST_TYPE = 63;
    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9_-]{1,63})\\.([1-9][0-9]{0,8})");
    private static final Comparator<DynoName> ORDER =
            Comparator.comparing(DynoName::processType).thenComparingInt(DynoName::number);

    /**
     * Checks both parts.
     *
     * @throws InvalidValueException if {@code processType} is not a process type's name or {@code number} is below 1
     */
    public DynoName {
        if (!isType(processType)) {
            throw new InvalidValueException("process type", processType, "1 to 63 letters, digits, '-' or '_'");
        }
        if (number < 1) {
            throw new InvalidValueException("dyno number", Integer.toString(number), "1 or more");
        }
    }

    /** Names are made at every decision of supervision, so this is no pattern. */
    private static boolean isType(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_TYPE
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '_'
                                || c == '-');
    }

    /**
     * Parses {@code web.1}.
     *
     * @throws InvalidValueException if {@code text} has another shape
     */
    public static DynoName parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException("dyno name", text, "a process type, a dot and a number, such as web.1");
        }
        return new DynoName(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    @Override
    public int compareTo(DynoName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return processType + "." + number;
    }
}
