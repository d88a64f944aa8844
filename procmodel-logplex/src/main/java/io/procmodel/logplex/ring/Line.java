package io.procmodel.logplex.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LinePart;
import io.procmodel.log.LogEntry;
import io.procmodel.log.LogOrigin;
import java.util.Arrays;

/** One line of a {@link LineBatch}, for looking at before it is worth a copy of its own. */
public final class Line {
    private final long seq;
    private final long micros;
    private final LogOrigin origin;
    private final LinePart part;
    private final byte[] bytes;
    private final int offset;
    private final int length;

    Line(long seq, long micros, LogOrigin origin, LinePart part, byte[] bytes, int offset, int length) {
        this.seq = seq;
        this.micros = micros;
        this.origin = origin;
        this.part = part;
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** An entry as a line, for one that is told without having been read from the stream, such as a notice of a loss. */
    public static Line of(LogEntry entry) {
        byte[] bytes = entry.bytes();
        return new Line(entry.seq(), Micros.of(entry.time()), entry.origin(), entry.part(), bytes, 0, bytes.length);
    }

    /** Its number in the app's order. */
    public long seq() {
        return seq;
    }

    /** Its time in microseconds since the epoch. */
    public long micros() {
        return micros;
    }

    /** Who said it. */
    public LogOrigin origin() {
        return origin;
    }

    /** Whether it is a line or a part of one. */
    public LinePart part() {
        return part;
    }

    /** How many bytes it has, without a line end. */
    public int length() {
        return length;
    }

    /** Copies its bytes. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, offset, target, at, length);
    }

    /** Whether its bytes contain others; empty ones are contained in every line. */
    public boolean contains(byte[] wanted) {
        int last = offset + length - wanted.length;
        for (int at = offset; at <= last; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    /** Its bytes read as UTF-8. */
    public String text() {
        return new String(bytes, offset, length, UTF_8);
    }

    /** A line of the same number, time and origin with other bytes; they are not copied. */
    public Line withBytes(byte[] other, int otherLength) {
        return new Line(seq, micros, origin, LinePart.WHOLE, other, 0, otherLength);
    }

    /** A copy that lives on its own. */
    public LogEntry toEntry() {
        return LogEntry.of(seq, Micros.toInstant(micros), origin, part, bytes, offset, offset + length);
    }
}
