package io.procmodel.logplex.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogStream;
import java.nio.ByteBuffer;

/** A record as it lies in a segment, and where the one after it begins. */
final class StoredRecord {
    /** There is no record. */
    static final StoredRecord NONE = new StoredRecord(ByteBuffer.allocate(0), 0);

    private final ByteBuffer bytes;
    private final int next;

    StoredRecord(ByteBuffer bytes, int next) {
        this.bytes = bytes;
        this.next = next;
    }

    int next() {
        return next;
    }

    long seq() {
        return bytes.getLong(JournalRecord.SEQ);
    }

    long micros() {
        return bytes.getLong(JournalRecord.MICROS);
    }

    long source() {
        return bytes.getLong(JournalRecord.SOURCE);
    }

    long stage() {
        return bytes.getLong(JournalRecord.STAGE);
    }

    int origin() {
        return bytes.getInt(JournalRecord.ORIGIN);
    }

    int pieces() {
        return bytes.getInt(JournalRecord.PIECES);
    }

    int piece(int index) {
        return bytes.getInt(JournalRecord.FIXED + index * Integer.BYTES);
    }

    boolean is(int flag) {
        return (bytes.getInt(JournalRecord.FLAGS) & flag) != 0;
    }

    /** Copies bytes of its lines. */
    void copyLines(int from, byte[] target, int at, int length) {
        bytes.get(linesAt() + from, target, at, length);
    }

    byte[] pending() {
        byte[] pending = new byte[bytes.getInt(JournalRecord.PENDING)];
        bytes.get(linesAt() + bytes.getInt(JournalRecord.BYTES), pending);
        return pending;
    }

    /** The origin that it gives a number. */
    LogOrigin defined() {
        byte[] text = new byte[bytes.getInt(JournalRecord.BYTES)];
        bytes.get(linesAt(), text);
        String[] parts = new String(text, UTF_8).split("\0", 3);
        return new LogOrigin(parts[0], parts[1], LogStream.valueOf(parts[2]));
    }

    private int linesAt() {
        return JournalRecord.FIXED + pieces() * Integer.BYTES;
    }
}
