package io.procmodel.logplex.line;

import io.procmodel.log.LinePart;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts one stream of bytes into lines, the same ones however the stream was split into chunks. A line feed ends a line,
 * a carriage return before it belongs to the end; a longer line than the limit becomes several pieces (Heroku: LOG-2);
 * empty lines count, and every other byte is content. Holds back at most one unfinished line. Not thread-safe.
 */
public final class LineCutter {
    /** Bounds the pieces of one append, and with them the time that the sink is held. */
    private static final int SLICE = 64 * 1024;

    private final int maxLineBytes;
    private final Consumer<CutLines> sink;
    private final CutLines lines = new CutLines();
    private byte[] pending = new byte[128];
    private int pendingLength;
    /** Whether pieces of the current line have been handed on already. */
    private boolean lineBegun;

    /**
     * Creates a cutter at the start of a line.
     *
     * @param sink takes the lines of each chunk; they are valid during the call only
     */
    public LineCutter(int maxLineBytes, Consumer<CutLines> sink) {
        this.maxLineBytes = maxLineBytes;
        this.sink = sink;
    }

    /** Whether bytes of an unfinished line are held back. */
    public boolean hasPending() {
        return pendingLength > 0;
    }

    /** How many bytes of an unfinished line are held back. */
    public int pendingLength() {
        return pendingLength;
    }

    /** Adds the bytes that are held back, from {@code from} on. */
    public void copyPending(int from, ByteBuffer target) {
        target.put(pending, from, pendingLength - from);
    }

    /** Whether pieces of the line that goes on have been handed on already. */
    public boolean isLineBegun() {
        return lineBegun;
    }

    /** Goes on where another cutter has stopped. */
    public void resume(byte[] unfinished, boolean begun) {
        pending = unfinished.length == 0 ? pending : unfinished.clone();
        pendingLength = unfinished.length;
        lineBegun = begun;
    }

    /** Takes the chunk's remaining bytes and moves its position to its limit. */
    public void write(ByteBuffer chunk) {
        ByteBuffer bytes = chunk.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int end = chunk.limit();
        int at = chunk.position();
        while (at < end) {
            at = writeSlice(bytes, at, Math.min(end, at + SLICE));
        }
        chunk.position(end);
    }

    /**
     * Hands on the unfinished line as it is, for a reader who waits for it: a prompt, a progress bar. A carriage return
     * at its end stays back, as it may turn out to belong to the line end.
     */
    public void showPending() {
        int shown = pendingLength - (endsWithCarriageReturn() ? 1 : 0);
        if (shown > 0) {
            lines.clear();
            lines.add(shown, 0, LinePart.of(!lineBegun, false));
            lineBegun = true;
            handOnPending(shown);
        }
    }

    /** Ends the stream: what is held back is its last line. The cutter is then at the start of a line again. */
    public void end() {
        if (pendingLength > 0) {
            lines.clear();
            cutLine(pendingLength, 0);
            handOnPending(pendingLength);
        }
        lineBegun = false;
    }

    /** Takes bytes up to {@code to}, or less where the unfinished line must be cut first; returns where it stopped. */
    private int writeSlice(ByteBuffer bytes, int from, int to) {
        lines.clear();
        int at = from;
        if (pendingLength > 0) {
            at = fillPending(bytes, from, to);
            if (pending[pendingLength - 1] != '\n') {
                handOnPending(cutOverlong(pendingLength, endsWithCarriageReturn()));
                return at;
            }
            endPendingLine();
        }
        writeBody(bytes, at, to);
        return to;
    }

    private int fillPending(ByteBuffer bytes, int from, int to) {
        int stop = Math.min(to, from + maxLineBytes + 2 - pendingLength);
        int lineFeed = LineFeeds.next(bytes, from, stop);
        int filled = lineFeed < stop ? lineFeed + 1 : stop;
        keep(bytes, from, filled);
        return filled;
    }

    private void endPendingLine() {
        int lineEnd = pendingLength > 1 && pending[pendingLength - 2] == '\r' ? 2 : 1;
        if (!cutLine(pendingLength - lineEnd, lineEnd)) {
            pendingLength = 0;
        }
    }

    /** Cuts what follows the pending line, hands both on in one append and keeps the new unfinished line. */
    private void writeBody(ByteBuffer bytes, int from, int to) {
        int first = from;
        int start = from;
        for (int lineFeed = LineFeeds.next(bytes, start, to);
                lineFeed < to;
                lineFeed = LineFeeds.next(bytes, start, to)) {
            int lineEnd = lineFeed > start && bytes.get(lineFeed - 1) == '\r' ? 2 : 1;
            if (!cutLine(lineFeed + 1 - lineEnd - start, lineEnd)) {
                first = lineFeed + 1;
            }
            start = lineFeed + 1;
        }
        start += cutOverlong(to - start, to > start && bytes.get(to - 1) == '\r');
        if (lines.size() > 0) {
            lines.head(pending, pendingLength);
            lines.body(bytes, first, start);
            sink.accept(lines);
        }
        pendingLength = 0;
        keep(bytes, start, to);
    }

    /** Adds the pieces of a line that ends; false if there is none, the line's content having been shown before. */
    private boolean cutLine(int length, int lineEnd) {
        boolean starts = !lineBegun;
        int left = length;
        for (; left > maxLineBytes; left -= maxLineBytes) {
            lines.add(maxLineBytes, 0, LinePart.of(starts, false));
            starts = false;
        }
        lineBegun = false;
        if (left == 0 && !starts) {
            return false;
        }
        lines.add(left, lineEnd, LinePart.of(starts, true));
        return true;
    }

    /**
     * Adds the full pieces of a line that goes on, and returns their bytes. At least one byte stays, so that the line
     * has something to end with; and a carriage return just beyond the limit may be the start of the line end.
     */
    private int cutOverlong(int length, boolean endsWithCarriageReturn) {
        int mayWait = endsWithCarriageReturn ? maxLineBytes + 1 : maxLineBytes;
        int cut = 0;
        for (; length - cut > mayWait; cut += maxLineBytes) {
            lines.add(maxLineBytes, 0, LinePart.of(!lineBegun, false));
            lineBegun = true;
        }
        return cut;
    }

    private boolean endsWithCarriageReturn() {
        return pendingLength > 0 && pending[pendingLength - 1] == '\r';
    }

    private void keep(ByteBuffer bytes, int from, int to) {
        int length = to - from;
        if (pendingLength + length > pending.length) {
            int doubled = Math.min(pending.length * 2, maxLineBytes + 2);
            pending = Arrays.copyOf(pending, Math.max(pendingLength + length, doubled));
        }
        bytes.get(from, pending, pendingLength, length);
        pendingLength += length;
    }

    private void handOnPending(int length) {
        if (length > 0) {
            lines.head(pending, length);
            sink.accept(lines);
            System.arraycopy(pending, length, pending, 0, pendingLength - length);
            pendingLength -= length;
        }
    }
}
