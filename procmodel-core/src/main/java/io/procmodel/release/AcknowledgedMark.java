package io.procmodel.release;

import com.google.common.hash.HashCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How far a log had been acknowledged to callers. It tells a record that a crash tore, which nobody was promised, from one
 * that was promised and is gone.
 *
 * @param sequence of the last acknowledged frame
 * @param end the offset behind that frame
 * @param hash SHA-256 of that frame
 */
record AcknowledgedMark(long sequence, long end, HashCode hash) {
    static final int SIZE = 52;

    byte[] encode() {
        byte[] bytes = new byte[SIZE];
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes).putLong(sequence).putLong(end).put(hash.asBytes());
        buffer.putInt(checksum(bytes));
        return bytes;
    }

    /** The mark at {@code offset}, or empty if it is not as it was written. */
    static Optional<AcknowledgedMark> decode(byte[] bytes, int offset) {
        byte[] own = Arrays.copyOfRange(bytes, offset, offset + SIZE);
        ByteBuffer buffer = ByteBuffer.wrap(own);
        long sequence = buffer.getLong();
        long end = buffer.getLong();
        byte[] hash = new byte[32];
        buffer.get(hash);
        return sequence > 0 && buffer.getInt() == checksum(own)
                ? Optional.of(new AcknowledgedMark(sequence, end, HashCode.fromBytes(hash)))
                : Optional.empty();
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, SIZE - Integer.BYTES);
        return (int) crc.getValue();
    }
}
