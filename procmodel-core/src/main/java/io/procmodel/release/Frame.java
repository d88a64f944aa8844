package io.procmodel.release;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * One record in the log file: a header of {@value #HEADER} bytes, then the payload. Big-endian:
 *
 * <pre>
 *  0  magic      4 bytes that no UTF-8 text contains, so that frames are found again behind damage
 *  4  length     of the payload, int
 *  8  checksum   CRC-32C of all that follows and of the length, int
 * 12  sequence   1 for the first frame, then one more each, long
 * 20  durable    the last sequence that was synced when this frame was written, long
 * 28  previous   SHA-256 of the whole frame before, or of the file's header
 * 60  payload
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared or shown
record Frame(long sequence, long durable, HashCode previous, byte[] payload) {
    static final int HEADER = 60;
    static final int MAX_PAYLOAD = 16 * 1024 * 1024;
    static final byte[] MAGIC = {(byte) 0xF7, 'p', 'm', (byte) 0xFA};

    /** The first bytes of a log file: what it is and which version of the format. */
    static final byte[] FILE_HEADER = "procmodel release ledger 1\n".getBytes(US_ASCII);

    private static final int HASH = 32;
    private static final int LENGTH = 4;
    private static final int CHECKSUM = 8;
    private static final int SEQUENCE = 12;

    /** What the first frame names as its predecessor. */
    static HashCode hashOfFileHeader() {
        return hash(FILE_HEADER, 0, FILE_HEADER.length);
    }

    static HashCode hash(byte[] bytes, int offset, int length) {
        return Hashing.sha256().hashBytes(bytes, offset, length);
    }

    byte[] encode() {
        byte[] bytes = new byte[HEADER + payload.length];
        ByteBuffer.wrap(bytes)
                .put(MAGIC)
                .putInt(payload.length)
                .putInt(0)
                .putLong(sequence)
                .putLong(durable)
                .put(previous.asBytes())
                .put(payload);
        ByteBuffer.wrap(bytes).putInt(CHECKSUM, checksum(bytes, 0, bytes.length));
        return bytes;
    }

    /** The size of the frame that begins at {@code offset}, or 0 if no frame can begin there. */
    static int size(byte[] bytes, int offset) {
        if (!Arrays.equals(bytes, offset, offset + MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return 0;
        }
        int length = ByteBuffer.wrap(bytes).getInt(offset + LENGTH);
        return length < 0 || length > MAX_PAYLOAD ? 0 : HEADER + length;
    }

    /** Whether the frame of {@code size} bytes at {@code offset} is as it was written. */
    static boolean isSound(byte[] bytes, int offset, int size) {
        return ByteBuffer.wrap(bytes).getInt(offset + CHECKSUM) == checksum(bytes, offset, size);
    }

    static Frame decode(byte[] bytes, int offset, int size) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset + SEQUENCE, size - SEQUENCE);
        long sequence = buffer.getLong();
        long durable = buffer.getLong();
        byte[] previous = new byte[HASH];
        buffer.get(previous);
        byte[] payload = new byte[size - HEADER];
        buffer.get(payload);
        return new Frame(sequence, durable, HashCode.fromBytes(previous), payload);
    }

    private static int checksum(byte[] bytes, int offset, int size) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset + SEQUENCE, size - SEQUENCE);
        crc.update(bytes, offset + LENGTH, CHECKSUM - LENGTH);
        return (int) crc.getValue();
    }
}
