package io.procmodel.procfile;

/**
 * One line cut into the parts that any dialect looks at, as offsets into the text: indent, name, blanks, colon, blanks,
 * command, blanks. No part is required; what is missing is empty.
 *
 * @param text the whole text
 * @param rules what cut it
 * @param number the line's number, from 1
 * @param start the first character
 * @param end after the last character, before the line end
 * @param next the first character of the next line
 * @param nameStart after the indent
 * @param nameEnd after the longest run of name characters
 * @param colon the colon after the name and blanks, or -1
 */
record Line(
        String text, LineRules rules, int number, int start, int end, int next, int nameStart, int nameEnd, int colon) {
    private static final int EXCERPT = 60;

    static Line cut(String text, LineRules rules, int number, int start, int end, int next) {
        int nameStart = Characters.skip(rules.blanks(), text, start, end);
        int nameEnd = Characters.endOfName(text, nameStart, end);
        int gapEnd = Characters.skip(rules.blanks(), text, nameEnd, end);
        int colon = gapEnd < end && text.charAt(gapEnd) == ':' ? gapEnd : -1;
        return new Line(text, rules, number, start, end, next, nameStart, nameEnd, colon);
    }

    boolean isBlank() {
        return nameStart == end;
    }

    boolean isComment() {
        return nameStart < end && text.charAt(nameStart) == '#';
    }

    boolean isIndented() {
        return nameStart > start;
    }

    boolean hasName() {
        return nameEnd > nameStart;
    }

    boolean hasColon() {
        return colon >= 0;
    }

    String name() {
        return text.substring(nameStart, nameEnd);
    }

    /** The first character after the colon that is no blank. */
    int commandStart() {
        return Characters.skip(rules.blanks(), text, colon + 1, end);
    }

    /** After the last character that is no blank. */
    int trimmedEnd() {
        return Characters.trim(rules.blanks(), text, nameStart, end);
    }

    /** Whether the colon follows the name without a blank. */
    boolean hasColonAtName() {
        return colon >= 0 && colon == nameEnd;
    }

    boolean startsWith(String prefix) {
        return text.startsWith(prefix, nameStart) && nameStart + prefix.length() <= end;
    }

    /** The first place of a character within the line, or -1. */
    int indexOf(char wanted) {
        for (int at = start; at < end; at++) {
            if (text.charAt(at) == wanted) {
                return at;
            }
        }
        return -1;
    }

    int column(int offset) {
        return text.codePointCount(start, offset) + 1;
    }

    /** The line without its outer blanks, in quotation marks, cut where it is long. */
    String excerpt() {
        int last = trimmedEnd();
        if (last - nameStart <= EXCERPT) {
            return '"' + text.substring(nameStart, last) + '"';
        }
        return '"' + text.substring(nameStart, nameStart + EXCERPT) + "…\"";
    }
}
