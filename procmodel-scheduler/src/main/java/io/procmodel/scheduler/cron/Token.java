package io.procmodel.scheduler.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A piece of the expression and the column, from 1, where it begins. */
record Token(String text, int column) {
    private static final Pattern WORD = Pattern.compile("\\S+");

    /** The words of {@code text} between white space. */
    static List<Token> words(String text) {
        List<Token> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(new Token(matcher.group(), matcher.start() + 1));
        }
        return words;
    }

    /** The pieces between {@code separator}; empty pieces are kept, so that the caller can refuse them. */
    List<Token> split(char separator) {
        List<Token> pieces = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            pieces.add(part(start, end));
            start = end + 1;
        }
        pieces.add(part(start, text.length()));
        return pieces;
    }

    Token part(int start, int end) {
        return new Token(text.substring(start, end), column + start);
    }

    Token from(int start) {
        return part(start, text.length());
    }

    boolean is(String other) {
        return text.equalsIgnoreCase(other);
    }

    CronSyntaxException refuse(@Nullable CronField field, String expected, String hint) {
        return new CronSyntaxException(field == null ? null : field.label(), column, text, expected, hint);
    }
}
