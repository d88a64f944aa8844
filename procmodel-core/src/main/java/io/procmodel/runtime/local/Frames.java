package io.procmodel.runtime.local;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes through the pipes of a fork server: frames of fields, each after its length, so that a field may hold any byte.
 *
 * @param charset how text becomes bytes: as in this JVM's own paths and arguments
 */
record Frames(Charset charset) {
    /** The kernel takes less in arguments and environment of a program. */
    private static final int MOST_BYTES = 16 << 20;

    private static final int MOST_REPLY_BYTES = 64 << 10;

    /** A frame as it is sent. */
    byte[] encode(List<String> fields) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(content);
        out.writeInt(0);
        for (String field : fields) {
            byte[] bytes = field.getBytes(charset);
            out.writeInt(bytes.length);
            out.write(bytes);
            if (out.size() > MOST_BYTES) {
                throw new IOException("arguments and environment are too long (more than " + MOST_BYTES + " bytes)");
            }
        }
        return withLength(content.toByteArray());
    }

    private static byte[] withLength(byte[] frame) {
        int length = frame.length - Integer.BYTES;
        for (int i = 0; i < Integer.BYTES; i++) {
            frame[i] = (byte) (length >>> (Byte.SIZE * (Integer.BYTES - 1 - i)));
        }
        return frame;
    }

    /**
     * Reads a frame.
     *
     * @throws java.io.EOFException if the input ends before the frame does
     * @throws IOException also if it is no frame
     */
    List<String> read(DataInputStream in) throws IOException {
        int left = in.readInt();
        if (left < 0 || left > MOST_REPLY_BYTES) {
            throw new IOException("a frame of " + left + " bytes (expected: at most " + MOST_REPLY_BYTES + ")");
        }
        List<String> fields = new ArrayList<>();
        while (left > 0) {
            int length = in.readInt();
            left -= Integer.BYTES;
            if (length < 0 || length > left) {
                throw new IOException("a field of " + length + " bytes where " + left + " are left");
            }
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            fields.add(new String(bytes, charset));
            left -= length;
        }
        return fields;
    }
}
