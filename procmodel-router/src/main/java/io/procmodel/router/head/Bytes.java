package io.procmodel.router.head;

/** The classes of bytes of RFC 9110 and 9112. */
final class Bytes {
    static final byte CR = '\r';
    static final byte LF = '\n';
    private static final boolean[] TOKEN = new boolean[256];

    static {
        for (char c = '0'; c <= '9'; c++) {
            TOKEN[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN[c] = true;
            TOKEN[Character.toUpperCase(c)] = true;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private Bytes() {}

    static boolean isToken(byte b) {
        return TOKEN[b & 0xff];
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** Visible, blank or above ASCII: what a header value may hold. */
    static boolean isText(byte b) {
        return b < 0 || b == '\t' || (b >= ' ' && b != 0x7f);
    }

    /** What a request target may hold: visible ASCII without a fragment. */
    static boolean isTarget(byte b) {
        return b > ' ' && b < 0x7f && b != '#';
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        } else if (b >= 'a' && b <= 'f') {
            return b - 'a' + 10;
        }
        return b >= 'A' && b <= 'F' ? b - 'A' + 10 : -1;
    }
}
