package io.procmodel.logplex;

/** A query's text and how far it has been read. White space before each symbol is passed over. */
final class QueryText {
    private final String text;
    private int at;
    private int valueAt;
    private String value = "";

    QueryText(String text) {
        this.text = text;
    }

    boolean atEnd() {
        skipSpace();
        return at == text.length();
    }

    boolean isNext(String symbol) {
        skipSpace();
        return text.startsWith(symbol, at);
    }

    boolean isNextWord(String word) {
        return isNext(word) && wordEnd() == at + word.length();
    }

    boolean skip(String symbol) {
        boolean next = isNext(symbol);
        at += next ? symbol.length() : 0;
        return next;
    }

    boolean skipWord(String word) {
        return isNextWord(word) && skip(word);
    }

    /** The value of a term: a word, or anything in double quotes, where a backslash takes the next character as it is. */
    String value() {
        valueAt = at;
        if (text.startsWith("\"", at)) {
            value = quoted();
        } else {
            int end = wordEnd();
            value = text.substring(at, end);
            at = end;
            if (value.isEmpty()) {
                throw unexpected("a value");
            }
        }
        return value;
    }

    /** The mistake that what stands here is not what may stand here. */
    LogQueryException unexpected(String expected) {
        int end = Math.max(wordEnd(), Math.min(at + 1, text.length()));
        return new LogQueryException(text, at + 1, text.substring(at, end), expected);
    }

    /** The mistake that the last value is none of those it may be. */
    LogQueryException wrongValue(String expected) {
        return new LogQueryException(text, valueAt + 1, value, expected);
    }

    private String quoted() {
        StringBuilder unquoted = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                at = i + 1;
                return unquoted.toString();
            }
            if (c == '\\' && i + 1 < text.length()) {
                i++;
            }
            unquoted.append(text.charAt(i));
        }
        throw new LogQueryException(text, text.length() + 1, "", "'\"' at the end of the value");
    }

    private int wordEnd() {
        int end = at;
        while (end < text.length() && isWordCharacter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWordCharacter(char c) {
        return !Character.isWhitespace(c) && c != '(' && c != ')' && c != '"';
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
