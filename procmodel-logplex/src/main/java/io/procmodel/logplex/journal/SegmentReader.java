package io.procmodel.logplex.journal;

import io.procmodel.log.LogOrigin;
import io.procmodel.logplex.line.Piece;
import io.procmodel.logplex.ring.LineBatch;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds lines in one segment. What is asked about a segment of an earlier run has it read through first. Thread-safe. */
final class SegmentReader {
    private final Segment segment;
    private final Map<Integer, LogOrigin> origins = new ConcurrentHashMap<>();
    private boolean scanned;

    /** A reader of a segment that is being written. */
    static SegmentReader ofWritten(Segment segment) {
        SegmentReader reader = new SegmentReader(segment);
        reader.scanned = true;
        return reader;
    }

    /** A reader of a segment of an earlier run. */
    static SegmentReader ofFound(Segment segment) {
        return new SegmentReader(segment);
    }

    private SegmentReader(Segment segment) {
        this.segment = segment;
    }

    Segment segment() {
        return segment;
    }

    void defined(int number, LogOrigin origin) {
        origins.put(number, origin);
    }

    /** What a scan finds. */
    record Found(long nextSeq, long lastMicros, long highestSource, Map<Long, SourceState> open, String damage) {}

    /** Reads the whole segment; stops at the first record that is damaged. */
    synchronized Found scan() {
        Map<Long, SourceState> open = new LinkedHashMap<>();
        long nextSeq = segment.firstSeq();
        long micros = Long.MIN_VALUE;
        long highest = 0;
        String damage = "";
        int place = Segment.start();
        try {
            for (StoredRecord record = segment.read(place); record != StoredRecord.NONE; record = segment.read(place)) {
                segment.found(nextSeq, place, record.next());
                if (record.is(JournalRecord.DEFINES_ORIGIN)) {
                    origins.put(record.origin(), record.defined());
                } else {
                    nextSeq = record.seq() + record.pieces();
                    micros = Math.max(micros, record.micros());
                    highest = Math.max(highest, record.source());
                    note(record, open);
                }
                place = record.next();
            }
        } catch (IOException | RuntimeException e) {
            damage = segment.file().getFileName() + " is cut at " + place + " of " + segment.size() + " bytes: "
                    + e.getMessage();
        }
        scanned = true;
        return new Found(nextSeq, micros, highest, open, damage);
    }

    private void note(StoredRecord record, Map<Long, SourceState> open) {
        LogOrigin origin = origins.get(record.origin());
        if (origin == null) {
            throw new IllegalStateException("an unknown origin " + record.origin());
        }
        if (record.is(JournalRecord.CLOSED)) {
            open.remove(record.source());
        } else {
            open.computeIfAbsent(record.source(), id -> new SourceState(id, origin))
                    .apply(record);
        }
    }

    /** Adds lines from {@code from} on to an empty batch, as many as it takes; none if there are none. */
    void copy(long from, long to, LineBatch batch) {
        synchronized (this) {
            if (!scanned) {
                scan();
            }
        }
        int place = segment.placeBefore(from);
        try {
            for (StoredRecord record = segment.read(place); record != StoredRecord.NONE; record = segment.read(place)) {
                if (!record.is(JournalRecord.DEFINES_ORIGIN) && !take(record, from, to, batch)) {
                    return;
                }
                place = record.next();
            }
        } catch (IOException e) {
            // The rest of this segment cannot be read; readers see the gap in the numbers.
            return;
        }
    }

    /** Takes the wanted lines of a record; false if no later record has any that the batch can take. */
    private boolean take(StoredRecord record, long from, long to, LineBatch batch) {
        LogOrigin origin = origins.get(record.origin());
        if (origin == null) {
            return record.seq() + record.pieces() <= from;
        }
        int offset = 0;
        for (int i = 0; i < record.pieces(); i++) {
            long seq = record.seq() + i;
            int piece = record.piece(i);
            boolean wanted = seq >= from;
            if (seq >= to
                    || (wanted && !batch.append(seq, record.micros(), piece, origin, offset, record::copyLines))) {
                return false;
            }
            offset += Piece.footprint(piece);
        }
        return true;
    }
}
