package io.procmodel.logplex.line;

import io.procmodel.log.LinePart;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Some consecutive pieces and where their bytes are: first those of a head, which an earlier chunk began, then those of
 * a body within the chunk at hand. Belongs to its {@link LineCutter}, which reuses it. Not thread-safe.
 */
public final class CutLines {
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private int[] pieces = new int[64];
    private int size;
    private byte[] head = {};
    private int headLength;
    private ByteBuffer body = EMPTY;
    private int bodyFrom;
    private int bodyLength;

    CutLines() {}

    /** How many pieces there are. */
    public int size() {
        return size;
    }

    /** A packed {@link Piece}. */
    public int piece(int index) {
        return pieces[index];
    }

    /** Copies packed {@link Piece}s. */
    public void copyPieces(int from, int[] target, int at, int count) {
        System.arraycopy(pieces, from, target, at, count);
    }

    /** The array that starts with the head's bytes. */
    public byte[] head() {
        return head;
    }

    /** How many bytes the head has. */
    public int headLength() {
        return headLength;
    }

    /** The buffer that holds the body's bytes; read it by index, its position means nothing. */
    public ByteBuffer body() {
        return body;
    }

    /** The index of the body's first byte. */
    public int bodyFrom() {
        return bodyFrom;
    }

    /** How many bytes the body has. */
    public int bodyLength() {
        return bodyLength;
    }

    void clear() {
        size = 0;
        headLength = 0;
        body = EMPTY;
        bodyFrom = 0;
        bodyLength = 0;
    }

    void add(int length, int lineEnd, LinePart part) {
        if (size == pieces.length) {
            pieces = Arrays.copyOf(pieces, size * 2);
        }
        pieces[size++] = Piece.of(length, lineEnd, part);
    }

    void head(byte[] bytes, int length) {
        head = bytes;
        headLength = length;
    }

    void body(ByteBuffer bytes, int from, int to) {
        body = bytes;
        bodyFrom = from;
        bodyLength = to - from;
    }
}
