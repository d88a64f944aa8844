package io.procmodel.procfile;

/** How a value of {@code .env} is quoted. */
enum Quote {
    /** Not at all: one line, every backslash is itself. */
    NONE,
    /** By {@code '}: everything is itself up to the next one. */
    SINGLE,
    /** By {@code "}: a backslash escapes. */
    DOUBLE;

    static Quote at(String text, int offset, int end) {
        if (offset >= end) {
            return NONE;
        }
        return switch (text.charAt(offset)) {
            case '\'' -> SINGLE;
            case '"' -> DOUBLE;
            default -> NONE;
        };
    }

    /** The offset of the quote that closes the one at {@code open}, maybe lines later, or -1. */
    int close(String text, int open) {
        if (this == SINGLE) {
            return text.indexOf('\'', open + 1);
        }
        for (int at = open + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                return at;
            }
            if (c == '\\') {
                at++;
            }
        }
        return -1;
    }
}
