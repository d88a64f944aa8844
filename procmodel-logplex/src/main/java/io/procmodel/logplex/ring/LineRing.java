package io.procmodel.logplex.ring;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.line.CutLines;
import io.procmodel.logplex.line.Piece;

/**
 * The newest lines of an app, bounded by their number and by their bytes, numbered from 1 without gaps in the order of
 * appending. The oldest make room for new ones. Not thread-safe.
 */
final class LineRing {
    private final ByteRing bytes;
    private final LineIndex index;
    private long end;

    LineRing(int maxLines, int maxBytes) {
        this(maxLines, maxBytes, 1);
    }

    LineRing(int maxLines, int maxBytes, long start) {
        end = start;
        bytes = new ByteRing(maxBytes);
        index = new LineIndex(maxLines);
    }

    /** The number of the oldest line that is kept, or {@link #end()} if none is. */
    long first() {
        return end - index.size();
    }

    /** The number that the next line gets. */
    long end() {
        return end;
    }

    /** Bytes in use, line ends included. */
    int bytes() {
        return bytes.used();
    }

    /** Changes how many lines are kept; the oldest beyond are forgotten. */
    void resize(int maxLines) {
        evict(index.size() - maxLines);
        index.limit(maxLines);
    }

    /** Adds lines that all arrived at the same time. */
    void append(long micros, LogOrigin origin, CutLines lines) {
        int kept = firstKept(lines);
        int skipped = 0;
        if (kept > 0) {
            evict(index.size());
            end += kept;
            skipped = footprint(lines, kept);
        }
        makeRoom(lines.size() - kept, lines.headLength() + lines.bodyLength() - skipped);
        int offset = bytes.head();
        copyBytes(lines, skipped);
        index.add(micros, offset, lines, kept, origin, bytes);
        end += lines.size() - kept;
    }

    /**
     * The first of the lines before {@code before}, oldest to newest, that fit a copy of so many lines and bytes; at
     * least one line if there is one.
     */
    long startOfCopyBefore(long before, int maxLines, int maxBytes) {
        long from = before;
        long stop = Math.max(first(), before - maxLines);
        int copied = 0;
        while (from > stop) {
            copied += Piece.footprint(index.piece(line(from - 1)));
            if (copied > maxBytes && from < before) {
                break;
            }
            from--;
        }
        return from;
    }

    /** Fills a batch with lines from {@code from}, or the oldest if that is gone, to {@code to} or until it is full. */
    void copy(long from, long to, LineBatch batch) {
        long start = Math.min(Math.max(from, first()), end);
        batch.clear(start);
        long stop = Math.min(to, end);
        int length = 0;
        for (long seq = start; seq < stop && batch.hasRoomFor(length); seq++) {
            int line = line(seq);
            int piece = index.piece(line);
            batch.add(index.micros(line), length, piece, index.origin(line));
            length += Piece.footprint(piece);
        }
        if (length > 0) {
            bytes.read(index.offset(line(start)), batch.bytesFor(length), 0, length);
        }
    }

    private int line(long seq) {
        return (int) (seq - first());
    }

    /** The oldest line that survives its own append: more than a whole ring may come at once. */
    private int firstKept(CutLines lines) {
        int first = lines.size();
        if (first <= index.limit() && lines.headLength() + lines.bodyLength() <= bytes.limit()) {
            return 0;
        }
        int oldestThatFits = Math.max(0, first - index.limit());
        for (int length = 0; first > oldestThatFits; first--) {
            length += Piece.footprint(lines.piece(first - 1));
            if (length > bytes.limit()) {
                break;
            }
        }
        return first;
    }

    private static int footprint(CutLines lines, int count) {
        int footprint = 0;
        for (int i = 0; i < count; i++) {
            footprint += Piece.footprint(lines.piece(i));
        }
        return footprint;
    }

    private void copyBytes(CutLines lines, int skipped) {
        int ofHead = Math.min(skipped, lines.headLength());
        int ofBody = skipped - ofHead;
        bytes.write(lines.head(), ofHead, lines.headLength() - ofHead);
        bytes.write(lines.body(), lines.bodyFrom() + ofBody, lines.bodyLength() - ofBody);
    }

    private void makeRoom(int lines, int length) {
        evict(index.size() + lines - index.limit());
        while (bytes.used() > bytes.limit() - length) {
            evict(1);
        }
        if (bytes.free() < length) {
            grow(length);
        }
    }

    private void grow(int length) {
        bytes.growFor(length);
        int offset = 0;
        for (int line = 0; line < index.size(); line++) {
            index.offset(line, offset);
            offset += Piece.footprint(index.piece(line));
        }
    }

    private void evict(int lines) {
        if (lines > 0) {
            bytes.release(index.removeOldest(lines));
        }
    }
}
