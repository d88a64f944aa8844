package io.procmodel.logplex.journal;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * One mapped file of a journal. A record is a length, a checksum and its bytes; the length is stored last, so that a record
 * is seen as a whole or not at all when the process is killed, and the checksum tells when a machine was. One thread
 * appends; any thread reads what it has been told is there.
 */
final class Segment {
    private static final long MAGIC = 0x314c4e524a4d5050L;
    private static final int HEADER = 64;
    private static final int FIRST_SEQ_AT = 8;
    private static final int RECORD_HEADER = 8;
    private static final int INDEX_EVERY = 64 * 1024;
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final long firstSeq;
    private final MappedByteBuffer map;
    private final CRC32C crc = new CRC32C();
    private Path file;
    private int end = HEADER;

    // A sparse index from line numbers to places, guarded by itself.
    private long[] indexSeqs = new long[16];
    private int[] indexPlaces = new int[16];
    private int indexSize;

    private Segment(Path file, long firstSeq, MappedByteBuffer map) {
        this.file = file;
        this.firstSeq = firstSeq;
        this.map = map;
    }

    /** Makes an empty segment. Its place on the disk is taken as it is used. */
    static Segment create(Path file, long firstSeq, int size) throws IOException {
        Segment segment = new Segment(file, firstSeq, map(file, size));
        segment.map.putLong(FIRST_SEQ_AT, firstSeq);
        segment.map.putLong(0, MAGIC);
        return segment;
    }

    /**
     * Opens a segment of an earlier run.
     *
     * @throws IOException if it is not one
     */
    static Segment open(Path file) throws IOException {
        long size = Files.size(file);
        if (size < HEADER || size > Integer.MAX_VALUE) {
            throw new IOException(file.getFileName() + " has " + size + " bytes");
        }
        MappedByteBuffer map = map(file, (int) size);
        if (map.getLong(0) != MAGIC) {
            throw new IOException(file.getFileName() + " is not a journal segment");
        }
        return new Segment(file, map.getLong(FIRST_SEQ_AT), map);
    }

    private static MappedByteBuffer map(Path file, int size) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
            map.order(ByteOrder.LITTLE_ENDIAN);
            return map;
        }
    }

    long firstSeq() {
        return firstSeq;
    }

    Path file() {
        return file;
    }

    int size() {
        return map.capacity();
    }

    /** The end of what was appended here or found by a scan. */
    int end() {
        return end;
    }

    void moveTo(Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        file = target;
    }

    /** Appends a record; false if there is no room. */
    boolean append(ByteBuffer record, long seq) {
        int length = record.remaining();
        if (RECORD_HEADER + length > map.capacity() - end) {
            return false;
        }
        crc.reset();
        crc.update(record.array(), record.arrayOffset() + record.position(), length);
        map.put(end + RECORD_HEADER, record.array(), record.arrayOffset() + record.position(), length);
        map.putInt(end + Integer.BYTES, (int) crc.getValue());
        INT.setRelease(map, end, length);
        index(seq, end);
        end = aligned(end + RECORD_HEADER + length);
        return true;
    }

    void force() {
        map.force();
    }

    /** Where to begin to read in order to find a line. */
    int placeBefore(long seq) {
        synchronized (crc) {
            int found = Arrays.binarySearch(indexSeqs, 0, indexSize, seq);
            int at = found >= 0 ? found : -found - 2;
            // Several records may have the same first line, all but the last one without lines.
            while (at > 0 && indexSeqs[at] == seq) {
                at--;
            }
            return at < 0 ? HEADER : indexPlaces[at];
        }
    }

    /** The record at a place, or null at the end. */
    StoredRecord read(int place) throws IOException {
        if (place > map.capacity() - RECORD_HEADER) {
            return StoredRecord.NONE;
        }
        int length = (int) INT.getAcquire(map, place);
        if (length == 0) {
            return StoredRecord.NONE;
        }
        if (length < JournalRecord.FIXED || length > map.capacity() - place - RECORD_HEADER) {
            throw new IOException("a record of " + length + " bytes at " + place);
        }
        ByteBuffer record = map.slice(place + RECORD_HEADER, length).order(ByteOrder.LITTLE_ENDIAN);
        CRC32C sum = new CRC32C();
        sum.update(record.duplicate());
        if ((int) sum.getValue() != map.getInt(place + Integer.BYTES)) {
            throw new IOException("a wrong checksum at " + place);
        }
        return new StoredRecord(record, aligned(place + RECORD_HEADER + length));
    }

    static int start() {
        return HEADER;
    }

    /** Notes what a scan has found. */
    void found(long seq, int place, int next) {
        index(seq, place);
        end = Math.max(end, next);
    }

    private void index(long seq, int place) {
        synchronized (crc) {
            if (indexSize > 0 && place < indexPlaces[indexSize - 1] + INDEX_EVERY) {
                return;
            }
            if (indexSize == indexSeqs.length) {
                indexSeqs = Arrays.copyOf(indexSeqs, indexSize * 2);
                indexPlaces = Arrays.copyOf(indexPlaces, indexSize * 2);
            }
            indexSeqs[indexSize] = seq;
            indexPlaces[indexSize++] = place;
        }
    }

    private static int aligned(int place) {
        return (place + 7) & -8;
    }
}
