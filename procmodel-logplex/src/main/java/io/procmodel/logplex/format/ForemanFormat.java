package io.procmodel.logplex.format;

import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;

/** Time, name in a column, text. The column's width is the only state: it never shrinks. */
final class ForemanFormat implements LogFormat {
    /** As foreman: the width of its own name for itself, {@code system}. */
    private static final int NARROWEST = 6;

    private static final String RESET = "\u001b[0m";

    private final DateTimeFormatter time;
    private final boolean coloured;
    private final AtomicInteger width = new AtomicInteger(NARROWEST);

    ForemanFormat(ZoneId zone, boolean coloured) {
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
        this.coloured = coloured;
    }

    @Override
    public String format(LogEntry entry) {
        String name = name(entry.origin());
        int column = width.accumulateAndGet(name.length(), Math::max);
        String head = time.format(entry.time()) + " " + name + " ".repeat(column - name.length()) + " | ";
        return coloured ? TypeColour.of(entry.origin()) + head + RESET + entry.text() : head + entry.text();
    }

    private static String name(LogOrigin origin) {
        return origin.source().equals("app") ? origin.process() : origin.toString();
    }
}
