package io.procmodel.router.exchange;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The value of a {@code Host} header: a name or an address, and perhaps a port. */
final class HostName {
    private static final int MAX = 255;
    private static final int MAX_PORT = 5;

    private HostName() {}

    /** The name or address in lower case; null if the value is none. */
    static @Nullable String withoutPort(String value) {
        boolean bracketed = value.startsWith("[");
        int colon = bracketed ? value.indexOf(':', value.indexOf(']') + 1) : value.indexOf(':');
        int end = value.length();
        if (colon >= 0) {
            if (!isPort(value, colon + 1)) {
                return null;
            }
            end = colon;
        }
        String name = value.substring(0, end);
        boolean right = bracketed ? isAddress(name) : isName(name);
        return right ? name.toLowerCase(Locale.ROOT) : null;
    }

    private static boolean isPort(String value, int from) {
        for (int i = from; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return value.length() - from <= MAX_PORT;
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetterOrDigit(c) && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= MAX;
    }

    private static boolean isAddress(String name) {
        for (int i = 1; i < name.length() - 1; i++) {
            char c = name.charAt(i);
            if (!isLetterOrDigit(c) && c != ':' && c != '.') {
                return false;
            }
        }
        return name.endsWith("]") && name.length() > 2 && name.length() <= MAX;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
