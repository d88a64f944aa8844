package io.procmodel.procfile;

/**
 * A line of {@code .env} cut into its parts, as offsets into the text.
 *
 * @param line the line
 * @param nameStart after the indent and {@code export}
 * @param nameEnd after the longest run of letters, digits, {@code _}, {@code .} and {@code -}
 * @param separator the {@code =}, or the colon with a blank or the line end behind it, or -1
 */
record AssignmentLine(Line line, int nameStart, int nameEnd, int separator) {
    private static final String EXPORT = "export";

    static AssignmentLine cut(Line line) {
        int nameStart = afterExport(line);
        int nameEnd = endOfName(line.text(), nameStart, line.end());
        return new AssignmentLine(line, nameStart, nameEnd, separator(line, nameEnd));
    }

    boolean hasSeparator() {
        return separator >= 0;
    }

    boolean hasName() {
        return nameEnd > nameStart;
    }

    /** Whether the name starts with a letter or {@code _}. */
    boolean hasProperName() {
        return hasName() && isStartOfName(line.text().charAt(nameStart));
    }

    /** Whether the line is {@code export NAME} and nothing else. */
    boolean isExportAlone() {
        int at = Characters.skip(LineRules.SPACE_AND_TAB, line.text(), nameEnd, line.end());
        boolean nothing = at == line.end() || line.text().charAt(at) == '#';
        return nameStart > line.nameStart() && hasProperName() && nothing;
    }

    /** Whether the line sets a variable if it stands alone; padding of Base64 does not. */
    boolean looksLikeAssignment() {
        String text = line.text();
        return hasProperName()
                && separator == nameEnd
                && text.charAt(separator) == '='
                && separator + 1 < line.end()
                && text.charAt(separator + 1) != '=';
    }

    String name() {
        return line.text().substring(nameStart, nameEnd);
    }

    static boolean isStartOfName(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static int afterExport(Line line) {
        int end = line.nameStart() + EXPORT.length();
        boolean exported = line.startsWith(EXPORT)
                && end < line.end()
                && isBlank(line.text().charAt(end));
        return exported ? Characters.skip(LineRules.SPACE_AND_TAB, line.text(), end, line.end()) : line.nameStart();
    }

    private static int endOfName(String text, int from, int end) {
        int at = from;
        while (at < end && (Characters.isNamePart(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return at;
    }

    private static int separator(Line line, int nameEnd) {
        String text = line.text();
        int sign = Characters.skip(LineRules.SPACE_AND_TAB, text, nameEnd, line.end());
        if (sign < line.end() && text.charAt(sign) == '=') {
            return sign;
        }
        boolean colon = nameEnd < line.end() && text.charAt(nameEnd) == ':';
        return colon && (nameEnd + 1 == line.end() || isBlank(text.charAt(nameEnd + 1))) ? nameEnd : -1;
    }

    private static boolean isBlank(char c) {
        return LineRules.SPACE_AND_TAB.matches(c);
    }
}
