package io.procmodel.procfile;

import com.google.common.base.CharMatcher;

/** Scans over a part of a text that never look at a character twice. */
final class Characters {
    private Characters() {}

    static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    static boolean isNamePart(char c) {
        return isAlphanumeric(c) || c == '_' || c == '-';
    }

    /** The first offset from {@code from} on that is none of {@code skipped}, or {@code end}. */
    static int skip(CharMatcher skipped, String text, int from, int end) {
        int at = from;
        while (at < end && skipped.matches(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The offset after the last character before {@code end} that is none of {@code skipped}, or {@code start}. */
    static int trim(CharMatcher skipped, String text, int start, int end) {
        int at = end;
        while (at > start && skipped.matches(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /** The first offset from {@code from} on that cannot be part of a name, or {@code end}. */
    static int endOfName(String text, int from, int end) {
        int at = from;
        while (at < end && isNamePart(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
