package io.procmodel.logplex.format;

import java.util.regex.Pattern;

/** The sequences with which programs steer a terminal (ECMA-48). */
final class EscapeSequences {
    /** Control sequences such as colours; strings such as titles, to their end; and the short two-character ones. */
    private static final Pattern SEQUENCE = Pattern.compile(
            "\\x1b(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?|[ -/]*[0-Z\\\\^-~])");

    private EscapeSequences() {}

    static String strip(String text) {
        return text.indexOf('\u001b') < 0 ? text : SEQUENCE.matcher(text).replaceAll("");
    }
}
