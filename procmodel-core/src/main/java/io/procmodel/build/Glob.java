package io.procmodel.build;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A glob on its way to a regular expression: {@code *} and {@code ?} stay within a name, <code>**&#47;</code> spans any
 * number of directories, {@code [a-z]} and {@code [!a-z]} are one character, a backslash takes away a meaning.
 */
final class Glob {
    private final String glob;
    private final int line;
    private final int column;
    private final StringBuilder regex = new StringBuilder();
    private int at;

    /** A glob that stands at a position of a file, for the error. */
    Glob(String glob, int line, int column) {
        this.glob = glob;
        this.line = line;
        this.column = column;
    }

    Pattern compile() {
        while (at < glob.length()) {
            translateNext();
        }
        try {
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw malformed(0, "is not a glob: " + e.getDescription());
        }
    }

    private void translateNext() {
        int c = glob.codePointAt(at);
        switch (c) {
            case '*' -> translateStars();
            case '?' -> append("[^/]", 1);
            case '[' -> translateClass();
            case '\\' -> translateEscape();
            default -> append(Pattern.quote(Character.toString(c)), Character.charCount(c));
        }
    }

    private void translateStars() {
        boolean atNameStart = at == 0 || glob.charAt(at - 1) == '/';
        if (atNameStart && glob.startsWith("**/", at)) {
            append("(?:.*/)?", 3);
        } else if (atNameStart && glob.substring(at).equals("**")) {
            append(".+", 2);
        } else {
            append("[^/]*", 1);
        }
    }

    private void translateClass() {
        int first = at + 1;
        boolean negated = first < glob.length() && (glob.charAt(first) == '!' || glob.charAt(first) == '^');
        if (negated) {
            first++;
        }
        int end = glob.indexOf(']', first + 1);
        if (end < 0) {
            throw malformed(at, "has a [ without its ]");
        }
        String members = glob.substring(first, end).replaceAll("[\\[\\]\\\\&^]", "\\\\$0");
        append((negated ? "[^/" : "(?!/)[") + members + "]", end + 1 - at);
    }

    private void translateEscape() {
        if (at + 1 == glob.length()) {
            throw malformed(at, "ends in a \\");
        }
        int c = glob.codePointAt(at + 1);
        append(Pattern.quote(Character.toString(c)), 1 + Character.charCount(c));
    }

    private void append(String part, int consumed) {
        regex.append(part);
        at += consumed;
    }

    private SlugIgnoreException malformed(int index, String reason) {
        return new SlugIgnoreException(line, column + index, glob, reason, "a glob");
    }
}
