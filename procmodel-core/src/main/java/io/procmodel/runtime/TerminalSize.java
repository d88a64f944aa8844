package io.procmodel.runtime;

import io.procmodel.error.InvalidValueException;

/**
 * The size of a terminal's window, in characters.
 *
 * @param columns from 1 to 65535
 * @param rows from 1 to 65535
 */
public record TerminalSize(int columns, int rows) {
    /** What terminals have had since the first ones: 80 columns, 24 rows. */
    public static final TerminalSize USUAL = new TerminalSize(80, 24);

    private static final int LAST = 65_535;

    /**
     * Checks both numbers.
     *
     * @throws InvalidValueException if one of them is out of its range
     */
    public TerminalSize {
        check("columns", columns);
        check("rows", rows);
    }

    private static void check(String what, int number) {
        if (number < 1 || number > LAST) {
            throw new InvalidValueException(what, Integer.toString(number), "1 to " + LAST);
        }
    }
}
