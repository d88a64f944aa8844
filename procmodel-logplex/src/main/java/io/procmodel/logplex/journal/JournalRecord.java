package io.procmodel.logplex.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.line.CutLines;
import io.procmodel.logplex.line.LineCutter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One record under construction: all that one chunk of one source has changed, so that a crash leaves the whole of it or
 * nothing. Reusable; not thread-safe.
 *
 * <p>Layout, little-endian: number of the first line (8), time in microseconds (8), source (8), stage (8), origin (4),
 * flags (4), pieces (4), bytes of lines (4), bytes of the unfinished line (4), nothing (4); then the pieces (4 each), the
 * lines and the unfinished line.
 */
final class JournalRecord {
    static final int FIXED = 56;
    static final int SEQ = 0;
    static final int MICROS = 8;
    static final int SOURCE = 16;
    static final int STAGE = 24;
    static final int ORIGIN = 32;
    static final int FLAGS = 36;
    static final int PIECES = 40;
    static final int BYTES = 44;
    static final int PENDING = 48;

    /** The unfinished line is this one, not what earlier records say and this one on top. */
    static final int REPLACES_PENDING = 1;
    /** Pieces of the unfinished line have been handed on already. */
    static final int LINE_BEGUN = 2;
    /** The source is closed. */
    static final int CLOSED = 4;
    /** The record gives an origin its number; its bytes are the three parts of the origin. */
    static final int DEFINES_ORIGIN = 8;

    private int[] pieces = new int[64];
    private int pieceCount;
    private byte[] bytes = new byte[1024];
    private int bytesLength;
    private long seq;
    private long micros;
    private byte[] encoded = new byte[2048];

    void clear() {
        pieceCount = 0;
        bytesLength = 0;
        seq = 0;
        micros = 0;
    }

    boolean hasLines() {
        return pieceCount > 0;
    }

    /** Adds lines that were numbered from {@code firstSeq} on, right after those that are here. */
    void add(long firstSeq, long time, CutLines lines) {
        if (pieceCount == 0) {
            seq = firstSeq;
            micros = time;
        }
        if (pieceCount + lines.size() > pieces.length) {
            pieces = Arrays.copyOf(pieces, Math.max(pieceCount + lines.size(), pieces.length * 2));
        }
        for (int i = 0; i < lines.size(); i++) {
            pieces[pieceCount++] = lines.piece(i);
        }
        reserve(lines.headLength() + lines.bodyLength());
        System.arraycopy(lines.head(), 0, bytes, bytesLength, lines.headLength());
        bytesLength += lines.headLength();
        lines.body().get(lines.bodyFrom(), bytes, bytesLength, lines.bodyLength());
        bytesLength += lines.bodyLength();
    }

    /** The number of its first line, or the next one if it has none. */
    long firstSeq(long nextSeq) {
        return pieceCount == 0 ? nextSeq : seq;
    }

    /** The number after its last line. */
    long endSeq(long nextSeq) {
        return pieceCount == 0 ? nextSeq : seq + pieceCount;
    }

    /** The finished record of a source; valid until the next one is finished. */
    ByteBuffer finish(
            long nextSeq, long source, long stage, int origin, int flags, LineCutter cutter, int pendingFrom) {
        int pending = cutter.pendingLength() - pendingFrom;
        ByteBuffer record = fixed(FIXED + pieceCount * Integer.BYTES + bytesLength + pending);
        record.putLong(pieceCount == 0 ? nextSeq : seq)
                .putLong(micros)
                .putLong(source)
                .putLong(stage);
        record.putInt(origin)
                .putInt(flags)
                .putInt(pieceCount)
                .putInt(bytesLength)
                .putInt(pending)
                .putInt(0);
        for (int i = 0; i < pieceCount; i++) {
            record.putInt(pieces[i]);
        }
        record.put(bytes, 0, bytesLength);
        cutter.copyPending(pendingFrom, record);
        return record.flip();
    }

    /** A record that gives an origin its number. */
    ByteBuffer defining(int number, LogOrigin origin) {
        byte[] text = (origin.source()
                        + '\0'
                        + origin.process()
                        + '\0'
                        + origin.stream().name())
                .getBytes(UTF_8);
        ByteBuffer record = fixed(FIXED + text.length);
        record.putLong(0).putLong(0).putLong(0).putLong(0);
        record.putInt(number)
                .putInt(DEFINES_ORIGIN)
                .putInt(0)
                .putInt(text.length)
                .putInt(0)
                .putInt(0);
        return record.put(text).flip();
    }

    private ByteBuffer fixed(int length) {
        if (encoded.length < length) {
            encoded = new byte[Math.max(length, encoded.length * 2)];
        }
        return ByteBuffer.wrap(encoded, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void reserve(int more) {
        if (bytesLength + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytesLength + more, bytes.length * 2));
        }
    }
}
