package io.procmodel.procfile;

import com.google.common.base.CharMatcher;

/**
 * The grammar of Dokku's procfile-util, which is not strict about names: blanks, a name of at most 63 characters,
 * blanks, a colon, blanks, a command. It alone cuts a trailing {@code # …} or {@code // …}; it refuses every line that
 * it does not understand, duplicates, and a file without any entry.
 */
final class DokkuGrammar implements Grammar {
    private static final LineRules RULES = new LineRules(false, false, CharMatcher.whitespace());
    private static final int NAME_LIMIT = 63;

    @Override
    public LineRules lineRules() {
        return RULES;
    }

    @Override
    public DuplicateTypes duplicates() {
        return DuplicateTypes.REFUSE;
    }

    @Override
    public void read(Lines lines, Reading reading) {
        Line line = lines.next();
        if (line.isBlank() || line.isComment() || line.startsWith("//")) {
            return;
        }
        if (line.hasName() && line.hasColon()) {
            entry(line, reading);
        } else {
            reading.refuse(line);
        }
    }

    @Override
    public void finish(Reading reading) {
        if (!reading.isRefused()) {
            reading.reportIfEmpty(Severity.ERROR);
        }
    }

    private static void entry(Line line, Reading reading) {
        int start = line.commandStart();
        int end = withoutComment(line, start, Math.max(start, line.trimmedEnd()));
        if (line.nameEnd() - line.nameStart() > NAME_LIMIT) {
            reading.error(
                    DiagnosticCode.NAME_LENGTH,
                    line,
                    line.nameStart(),
                    "the name has " + (line.nameEnd() - line.nameStart()) + " characters",
                    "use at most " + NAME_LIMIT);
        } else if (start == end || isCommentAt(line, start)) {
            reading.error(
                    DiagnosticCode.EMPTY_COMMAND,
                    line,
                    line.colon(),
                    '"' + line.name() + "\" has no command",
                    "write the command after the colon, on the same line");
        } else {
            cut(line, end, reading);
            reading.add(line, line.name(), start, end);
        }
    }

    private static void cut(Line line, int end, Reading reading) {
        if (end < line.trimmedEnd()) {
            reading.warning(
                    DiagnosticCode.TRAILING_COMMENT,
                    line,
                    end,
                    "the rest of the line is cut from the command",
                    "put comments on lines of their own");
        }
    }

    private static boolean isCommentAt(Line line, int offset) {
        return line.text().charAt(offset) == '#' || line.text().startsWith("//", offset);
    }

    /** Where the command ends: before the last comment with #, or else before the last one with //. */
    private static int withoutComment(Line line, int start, int end) {
        int mark = lastMark(line, "#", start, end);
        if (mark < 0) {
            mark = lastMark(line, "//", start, end);
        }
        return mark < 0 ? end : Characters.trim(RULES.blanks(), line.text(), start, mark);
    }

    private static int lastMark(Line line, String mark, int start, int end) {
        String text = line.text();
        for (int at = end - mark.length() - 1; at > start; at--) {
            if (text.startsWith(mark, at) && LineRules.ASCII_SPACE.matches(text.charAt(at - 1))) {
                return at;
            }
        }
        return -1;
    }
}
