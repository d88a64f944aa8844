package io.procmodel.log;

/**
 * How much of a line an entry holds. Nearly every entry is {@link #WHOLE}. A line is taken apart when it is longer than
 * the sink's limit (Heroku: LOG-2), and when its end keeps being awaited, as after a prompt; the bytes of its entries,
 * put together, are the line.
 */
public enum LinePart {
    /** A complete line. */
    WHOLE(true, true),
    /** The start of a line of which more may follow. */
    FIRST(true, false),
    /** More of the line that the previous entry of this origin's stream began, and not its end. */
    MIDDLE(false, false),
    /** The end of the line that earlier entries began; missing when the rest of that line turned out empty. */
    LAST(false, true);

    private final boolean startsLine;
    private final boolean endsLine;

    LinePart(boolean startsLine, boolean endsLine) {
        this.startsLine = startsLine;
        this.endsLine = endsLine;
    }

    /** The part that starts and ends a line as told. */
    public static LinePart of(boolean startsLine, boolean endsLine) {
        if (startsLine) {
            return endsLine ? WHOLE : FIRST;
        }
        return endsLine ? LAST : MIDDLE;
    }

    /** Whether the entry's first byte is the first of a line. */
    public boolean startsLine() {
        return startsLine;
    }

    /** Whether the line is known to end with this entry. */
    public boolean endsLine() {
        return endsLine;
    }
}
