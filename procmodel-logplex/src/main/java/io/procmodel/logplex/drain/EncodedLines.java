package io.procmodel.logplex.drain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.procmodel.logplex.ring.Line;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that are put together once and sent as often as it takes. Reusable; not thread-safe. */
final class EncodedLines {
    private byte[] bytes = new byte[1024];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    EncodedLines put(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    EncodedLines put(char c) {
        reserve(1);
        bytes[size++] = (byte) c;
        return this;
    }

    /** Characters of which each is one byte. */
    EncodedLines latin(String text) {
        return put(text.getBytes(ISO_8859_1));
    }

    EncodedLines decimal(int number) {
        int digits = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        reserve(digits);
        int rest = number;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    EncodedLines content(Line line) {
        reserve(line.length());
        line.copyTo(bytes, size);
        size += line.length();
        return this;
    }

    ByteBuffer toBuffer() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    byte[] array() {
        return bytes;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
