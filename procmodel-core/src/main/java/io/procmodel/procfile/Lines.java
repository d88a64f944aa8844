package io.procmodel.procfile;

import java.util.NoSuchElementException;

/**
 * A cursor over the lines of a text, one look ahead. Every character is looked at a bounded number of times,
 * whatever the mix of line ends.
 */
final class Lines {
    static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String text;
    private final LineRules rules;
    private int position;
    private int number;
    private int lineFeed = -1;
    private int carriageReturn = -1;

    /** Starts before the first line. */
    Lines(String text, LineRules rules) {
        this.text = text;
        this.rules = rules;
        this.position = rules.dropsByteOrderMark() && startsWithByteOrderMark(text) ? 1 : 0;
    }

    static boolean startsWithByteOrderMark(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    }

    boolean hasNext() {
        return position < text.length();
    }

    /** The next line, without moving. */
    Line peek() {
        if (!hasNext()) {
            throw new NoSuchElementException("no line after line " + number);
        }
        lineFeed = find('\n', lineFeed);
        carriageReturn = find('\r', carriageReturn);
        int end = Math.min(lineFeed, rules.carriageReturnEndsLine() ? carriageReturn : lineFeed);
        int next = end;
        if (end < text.length()) {
            next = end + (text.startsWith("\r\n", end) ? 2 : 1);
        }
        if (!rules.carriageReturnEndsLine() && end > position && next > end && text.charAt(end - 1) == '\r') {
            end--;
        }
        return Line.cut(text, rules, number + 1, position, end, next);
    }

    Line next() {
        Line line = peek();
        skip(line);
        return line;
    }

    /** Moves behind a line that was {@link #peek() peeked}. */
    void skip(Line line) {
        position = line.next();
        number = line.number();
    }

    private int find(char wanted, int known) {
        if (known >= position) {
            return known;
        }
        int found = text.indexOf(wanted, position);
        return found < 0 ? text.length() : found;
    }
}
