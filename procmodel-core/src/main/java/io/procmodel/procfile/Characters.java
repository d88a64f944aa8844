package io.procmodel.procfile;

/** The character classes of the grammars, as scans that never back-track. */
final class Characters {
    private Characters() {}

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    static boolean isNamePart(char c) {
        return isAlphanumeric(c) || c == '_' || c == '-';
    }

    /** The first offset from {@code from} on that is no blank, or {@code end}. */
    static int skipBlanks(String text, int from, int end) {
        int at = from;
        while (at < end && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The offset after the last character before {@code end} that is no blank, or {@code start}. */
    static int trimBlanks(String text, int start, int end) {
        int at = end;
        while (at > start && isBlank(text.charAt(at - 1))) {
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
