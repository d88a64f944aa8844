package io.procmodel.router.head;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads one request head from a buffer, byte by byte, and finds out how its body is framed. May be called again with more
 * bytes; it goes on at the line where it stopped. Confined to one connection.
 */
final class HeadReader {
    /** More bytes are needed. */
    static final int INCOMPLETE = -1;

    /** The head is refused; see {@link #refusal}. */
    static final int REFUSED = -2;

    private int offset;
    private int headers;
    private boolean started;
    private boolean oldVersion;
    private boolean chunked;
    private int lengths;
    private long length;
    private int codings;
    private int hosts;
    private String method = "";
    private String target = "";
    private String host = "";
    private @Nullable Refusal refusal;

    void reset() {
        offset = 0;
        headers = 0;
        started = false;
        oldVersion = false;
        chunked = false;
        lengths = 0;
        length = 0;
        codings = 0;
        hosts = 0;
        method = "";
        target = "";
        host = "";
        refusal = null;
    }

    boolean isChunked() {
        return chunked;
    }

    /** The length of the body if it is not chunked. */
    long length() {
        return length;
    }

    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /**
     * Reads on.
     *
     * @return the length of the complete head, {@link #INCOMPLETE} or {@link #REFUSED}
     */
    int read(ByteBuf in) {
        int base = in.readerIndex();
        while (true) {
            int start = base + offset;
            int end = in.indexOf(start, in.writerIndex(), Bytes.LF);
            if (end < 0) {
                return unfinished(in, start);
            }
            if (end == start || in.getByte(end - 1) != Bytes.CR) {
                return refuse(400, Refusal.BAD_HEADER);
            }
            int lineEnd = end - 1;
            offset = end + 1 - base;
            if (offset > HeadLimits.HEAD) {
                return refuse(431, Refusal.BAD_HEADER);
            }
            boolean last = started && lineEnd == start;
            if (last) {
                return finish();
            }
            if (!line(in, start, lineEnd)) {
                return REFUSED;
            }
        }
    }

    private boolean line(ByteBuf in, int start, int end) {
        if (started) {
            return header(in, start, end);
        }
        started = true;
        return requestLine(in, start, end);
    }

    /** A line without an end yet is refused as soon as it is too long, or cannot become a right one. */
    private int unfinished(ByteBuf in, int start) {
        int size = in.writerIndex() - start;
        if (!started && size > HeadLimits.LINE + 1) {
            readMethod(in, start, in.writerIndex());
            return refuse(414, Refusal.BAD_HEADER);
        }
        if (started && size > HeadLimits.NAME + HeadLimits.VALUE + 64) {
            return refuse(431, Refusal.BAD_HEADER);
        }
        boolean control = !started && size > 0 && !Bytes.isToken(in.getByte(start));
        return control ? refuse(400, Refusal.BAD_HEADER) : INCOMPLETE;
    }

    private int readMethod(ByteBuf in, int start, int end) {
        int at = start;
        while (at < end && Bytes.isToken(in.getByte(at))) {
            at++;
        }
        if (at - start <= HeadLimits.METHOD) {
            method = in.toString(start, at - start, ISO_8859_1);
        }
        return at;
    }

    private boolean requestLine(ByteBuf in, int start, int end) {
        int methodEnd = readMethod(in, start, end);
        if (methodEnd == start || methodEnd == end || in.getByte(methodEnd) != ' ' || method.isEmpty()) {
            return bad(400);
        }
        if (end - start > HeadLimits.LINE) {
            return bad(414);
        }
        int targetStart = methodEnd + 1;
        int targetEnd = targetStart;
        while (targetEnd < end && Bytes.isTarget(in.getByte(targetEnd))) {
            targetEnd++;
        }
        if (targetEnd == targetStart || targetEnd == end || in.getByte(targetEnd) != ' ') {
            return bad(400);
        }
        target = in.toString(targetStart, targetEnd - targetStart, ISO_8859_1);
        return version(in.toString(targetEnd + 1, end - targetEnd - 1, ISO_8859_1));
    }

    private boolean version(String version) {
        oldVersion = version.equals("HTTP/1.0");
        if (oldVersion || version.equals("HTTP/1.1")) {
            return true;
        }
        boolean other = version.length() == 8
                && version.startsWith("HTTP/")
                && Character.isDigit(version.charAt(5))
                && version.charAt(6) == '.'
                && Character.isDigit(version.charAt(7));
        return bad(other ? 505 : 400);
    }

    private boolean header(ByteBuf in, int start, int end) {
        int colon = start;
        while (colon < end && Bytes.isToken(in.getByte(colon))) {
            colon++;
        }
        if (colon == start || colon == end || in.getByte(colon) != ':') {
            return bad(400);
        }
        int from = colon + 1;
        int to = end;
        while (from < to && Bytes.isBlank(in.getByte(from))) {
            from++;
        }
        while (to > from && Bytes.isBlank(in.getByte(to - 1))) {
            to--;
        }
        for (int i = from; i < to; i++) {
            if (!Bytes.isText(in.getByte(i))) {
                return bad(400);
            }
        }
        headers++;
        if (headers > HeadLimits.HEADERS || colon - start > HeadLimits.NAME || to - from > HeadLimits.VALUE) {
            return bad(431);
        }
        return framing(in, start, colon, from, to);
    }

    private boolean framing(ByteBuf in, int start, int colon, int from, int to) {
        switch (colon - start) {
            case 4 -> {
                if (isName(in, start, "host")) {
                    hosts++;
                    host = in.toString(from, to - from, ISO_8859_1);
                }
            }
            case 14 -> {
                if (isName(in, start, "content-length")) {
                    return contentLength(in, from, to);
                }
            }
            case 17 -> {
                if (isName(in, start, "transfer-encoding")) {
                    return transferEncoding(in, from, to);
                }
            }
            default -> {}
        }
        return true;
    }

    private static boolean isName(ByteBuf in, int start, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((in.getByte(start + i) | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Digits only, once, and not more than a long can hold. */
    private boolean contentLength(ByteBuf in, int from, int to) {
        lengths++;
        if (lengths > 1 || from == to || to - from > 18) {
            return bad(400);
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            byte digit = in.getByte(i);
            if (digit < '0' || digit > '9') {
                return bad(400);
            }
            value = value * 10 + (digit - '0');
        }
        length = value;
        return true;
    }

    /** The one coding is {@code chunked}; another known form is not implemented, and a broken one is broken. */
    private boolean transferEncoding(ByteBuf in, int from, int to) {
        codings++;
        if (codings > 1) {
            return bad(400);
        }
        String value = in.toString(from, to - from, ISO_8859_1);
        chunked = value.equalsIgnoreCase("chunked");
        if (chunked) {
            return true;
        }
        boolean oneToken = !value.isEmpty() && value.chars().allMatch(c -> c < 0x80 && Bytes.isToken((byte) c));
        return bad(oneToken ? 501 : 400);
    }

    private int finish() {
        if ((chunked && (lengths > 0 || oldVersion)) || hosts != 1) {
            return refuse(400, Refusal.BAD_HEADER);
        }
        return offset;
    }

    private boolean bad(int status) {
        refuse(status, Refusal.BAD_HEADER);
        return false;
    }

    private int refuse(int status, String cause) {
        refusal = new Refusal(status, cause, method, target, hosts == 1 ? host : "");
        return REFUSED;
    }
}
