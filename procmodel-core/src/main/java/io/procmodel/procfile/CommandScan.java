package io.procmodel.procfile;

/**
 * One pass over a command with a shell's eyes, only far enough for warnings: quotes, the start of a comment, control
 * characters, and blanks that are none to a shell. Offsets are into the text, or -1.
 */
final class CommandScan {
    private static final char NO_QUOTE = 0;

    private char quote = NO_QUOTE;
    private int quoteStart = -1;
    private int comment = -1;
    private int control = -1;
    private int falseBlank = -1;

    CommandScan(String text, int start, int end) {
        boolean escaped = false;
        for (int at = start; at < end; at++) {
            char c = text.charAt(at);
            if (c < ' ' && c != '\t' && control < 0) {
                control = at;
            }
            if (escaped || comment >= 0) {
                escaped = false;
            } else if (c == '\\') {
                escaped = quote != '\'';
            } else if (quote != NO_QUOTE) {
                quote = c == quote ? NO_QUOTE : quote;
            } else if (c == '\'' || c == '"' || c == '`') {
                quote = c;
                quoteStart = at;
            } else if (c == '#' && at > start && LineRules.SPACE_AND_TAB.matches(text.charAt(at - 1))) {
                comment = at;
            } else if (falseBlank < 0 && isFalseBlank(c)) {
                falseBlank = at;
            }
        }
    }

    /** Looks like a blank, or like nothing at all, and is a letter to a shell. */
    private static boolean isFalseBlank(char c) {
        return c > '~' && (Character.isSpaceChar(c) || c == '\u200B' || c == '\uFEFF');
    }

    /** Whether an odd number of backslashes ends the command, so that a shell would join the next line. */
    static boolean endsInBackslash(String text, int start, int end) {
        int at = end;
        while (at > start && text.charAt(at - 1) == '\\') {
            at--;
        }
        return (end - at) % 2 == 1;
    }

    /** The quotation mark that nothing closes. */
    int unbalancedQuote() {
        return quote == NO_QUOTE ? -1 : quoteStart;
    }

    /** The {@code #} from which on a shell reads a comment. */
    int comment() {
        return comment;
    }

    /** The first control character other than a tab. */
    int control() {
        return control;
    }

    /** The first blank outside quotes that only looks like one. */
    int falseBlank() {
        return falseBlank;
    }
}
