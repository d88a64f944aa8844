package io.procmodel.router.head;

import io.netty.buffer.ByteBuf;

/**
 * Walks over a chunked body and says how many bytes of a buffer belong to it and are right. Nothing is decoded here; the
 * codec behind sees only what has passed. Confined to one connection.
 */
final class ChunkReader {
    private enum State {
        SIZE,
        EXTENSION,
        QUOTED,
        QUOTED_PAIR,
        SIZE_END,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        LAST_LF,
        DONE,
        BAD
    }

    private static final int MAX_SIZE_LINE = 4_096;
    private static final int MAX_DIGITS = 7;
    private static final int MAX_TRAILER = 8_192;

    private State state = State.SIZE;
    private int digits;
    private int lineLength;
    private int trailers;
    private long remaining;

    void reset() {
        state = State.SIZE;
        digits = 0;
        lineLength = 0;
        trailers = 0;
        remaining = 0;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    boolean isBad() {
        return state == State.BAD;
    }

    /** Reads on; returns how many bytes were right, which may be fewer than there are when the body has ended or is bad. */
    int read(ByteBuf in) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        int at = start;
        while (at < end && state != State.DONE && state != State.BAD) {
            if (state == State.DATA) {
                int step = (int) Math.min(remaining, end - at);
                at += step;
                remaining -= step;
                if (remaining == 0) {
                    state = State.DATA_CR;
                }
            } else {
                next(in.getByte(at));
                if (state != State.BAD) {
                    at++;
                }
            }
        }
        return at - start;
    }

    private void next(byte b) {
        switch (state) {
            case SIZE -> size(b);
            case EXTENSION -> extension(b);
            case QUOTED -> quoted(b);
            case QUOTED_PAIR -> state = Bytes.isText(b) ? count(State.QUOTED) : State.BAD;
            case SIZE_END -> state = b == Bytes.LF ? afterSize() : State.BAD;
            case DATA_CR -> state = b == Bytes.CR ? State.DATA_LF : State.BAD;
            case DATA_LF -> state = b == Bytes.LF ? State.SIZE : State.BAD;
            case TRAILER_START -> trailerStart(b);
            case TRAILER_NAME -> trailerName(b);
            case TRAILER_VALUE -> trailerValue(b);
            case TRAILER_LF -> state = b == Bytes.LF ? State.TRAILER_START : State.BAD;
            case LAST_LF -> state = b == Bytes.LF ? State.DONE : State.BAD;
            default -> state = State.BAD;
        }
    }

    private void size(byte b) {
        int digit = Bytes.hex(b);
        if (digit >= 0) {
            remaining = remaining * 16 + digit;
            digits++;
            if (digits > 16 || remaining >= 1L << (4 * MAX_DIGITS)) {
                state = State.BAD;
            }
        } else if (digits == 0) {
            state = State.BAD;
        } else if (b == Bytes.CR) {
            state = State.SIZE_END;
        } else {
            state = b == ';' || Bytes.isBlank(b) ? count(State.EXTENSION) : State.BAD;
        }
    }

    /** Only blanks and extensions may follow the size; a quoted value must end on the same line. */
    private void extension(byte b) {
        if (b == Bytes.CR) {
            state = State.SIZE_END;
        } else if (b == '"') {
            state = count(State.QUOTED);
        } else {
            boolean right = Bytes.isToken(b) || Bytes.isBlank(b) || b == ';' || b == '=';
            state = right ? count(State.EXTENSION) : State.BAD;
        }
    }

    private void quoted(byte b) {
        if (b == '"') {
            state = count(State.EXTENSION);
        } else if (b == '\\') {
            state = count(State.QUOTED_PAIR);
        } else {
            state = Bytes.isText(b) ? count(State.QUOTED) : State.BAD;
        }
    }

    private State count(State next) {
        lineLength++;
        return lineLength > MAX_SIZE_LINE ? State.BAD : next;
    }

    private State afterSize() {
        digits = 0;
        lineLength = 0;
        return remaining == 0 ? State.TRAILER_START : State.DATA;
    }

    private void trailerStart(byte b) {
        if (b == Bytes.CR) {
            state = State.LAST_LF;
        } else {
            trailers++;
            lineLength = 0;
            state = Bytes.isToken(b) && trailers <= HeadLimits.HEADERS / 10 ? State.TRAILER_NAME : State.BAD;
        }
    }

    private void trailerName(byte b) {
        lineLength++;
        if (lineLength > HeadLimits.NAME) {
            state = State.BAD;
        } else if (b == ':') {
            state = State.TRAILER_VALUE;
        } else if (!Bytes.isToken(b)) {
            state = State.BAD;
        }
    }

    private void trailerValue(byte b) {
        lineLength++;
        if (b == Bytes.CR) {
            state = State.TRAILER_LF;
        } else if (!Bytes.isText(b) || lineLength > MAX_TRAILER) {
            state = State.BAD;
        }
    }
}
