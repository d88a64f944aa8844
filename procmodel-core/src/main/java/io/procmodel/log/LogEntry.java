package io.procmodel.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * One line of an app's log, as it was read: its place in the app's order, its time, its origin and its bytes without
 * the line end. Immutable. Printed, it is Heroku's line {@code 2026-01-02T03:04:05.678901+00:00 app[worker.1]: text}
 * (Heroku: LOG-6).
 */
public final class LogEntry {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

    private final long seq;
    private final Instant time;
    private final LogOrigin origin;
    private final LinePart part;
    private final byte[] bytes;

    private LogEntry(long seq, Instant time, LogOrigin origin, LinePart part, byte[] bytes) {
        this.seq = seq;
        this.time = time.truncatedTo(ChronoUnit.MICROS);
        this.origin = requireNonNull(origin, "origin");
        this.part = requireNonNull(part, "part");
        this.bytes = bytes;
    }

    /** A whole line. The bytes are copied; of the time, microseconds are kept. */
    public static LogEntry of(long seq, Instant time, LogOrigin origin, byte[] bytes) {
        return new LogEntry(seq, time, origin, LinePart.WHOLE, bytes.clone());
    }

    /** A line or a part of one, from the bytes in {@code [from, to)}, which are copied. */
    public static LogEntry of(long seq, Instant time, LogOrigin origin, LinePart part, byte[] bytes, int from, int to) {
        return new LogEntry(seq, time, origin, part, Arrays.copyOfRange(bytes, from, to));
    }

    /** The place in the app's order: later lines have greater numbers, and a gap is a loss. */
    public long seq() {
        return seq;
    }

    /** When the host read the line, in whole microseconds; never before the time of the entry before it. */
    public Instant time() {
        return time;
    }

    /** Who said it. */
    public LogOrigin origin() {
        return origin;
    }

    /** The kind of speaker, for example {@code app} or {@code heroku}. */
    public String source() {
        return origin.source();
    }

    /** Who of that kind: a dyno name such as {@code web.1}, or {@code router}, {@code api}. */
    public String process() {
        return origin.process();
    }

    /** Which output of the process. */
    public LogStream stream() {
        return origin.stream();
    }

    /** Whether this is a whole line or a part of one. */
    public LinePart part() {
        return part;
    }

    /** A copy of the bytes exactly as they were written, without the line end. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes read as UTF-8; what is not valid UTF-8 shows as U+FFFD. */
    public String text() {
        return new String(bytes, UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogEntry that
                && seq == that.seq
                && part == that.part
                && time.equals(that.time)
                && origin.equals(that.origin)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seq) * 31 + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return TIMESTAMP.format(time) + " " + origin + ": " + text();
    }
}
