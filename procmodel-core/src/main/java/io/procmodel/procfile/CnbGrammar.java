package io.procmodel.procfile;

import com.google.common.base.Ascii;

/**
 * The grammar of Heroku's Cloud Native Buildpack: lower-case letters, digits and inner hyphens, at most 63 of them, a
 * colon right behind, blanks, and the rest of the line. Upper case and {@code _} are rewritten with a warning, the last
 * duplicate counts, and any other line is refused.
 */
final class CnbGrammar implements Grammar {
    private static final LineRules RULES = new LineRules(false, false, LineRules.SPACE_AND_TAB);
    private static final int NAME_LIMIT = 63;

    @Override
    public LineRules lineRules() {
        return RULES;
    }

    @Override
    public DuplicateTypes duplicates() {
        return DuplicateTypes.LAST_WINS;
    }

    @Override
    public void read(Lines lines, Reading reading) {
        Line line = lines.next();
        int carriageReturn = line.indexOf('\r');
        if (carriageReturn >= 0) {
            reading.error(
                    DiagnosticCode.LINE_ENDS,
                    line,
                    carriageReturn,
                    "there is a carriage return within the line",
                    "end lines with a line feed");
        } else if (line.hasName() && line.hasColonAtName()) {
            entry(line, reading);
        } else if (line.hasName() && line.hasColon()) {
            reading.error(
                    DiagnosticCode.BLANK_BEFORE_COLON,
                    line,
                    line.nameEnd(),
                    "there is a blank before the colon",
                    "remove it");
        } else if (!line.isBlank() && !line.isComment()) {
            reading.refuse(line);
        }
    }

    @Override
    public void finish(Reading reading) {
        if (!reading.isRefused()) {
            reading.reportIfEmpty(Severity.WARNING);
        }
    }

    private static void entry(Line line, Reading reading) {
        String name = Ascii.toLowerCase(line.name().replace('_', '-'));
        int start = line.commandStart();
        if (name.startsWith("-") || name.endsWith("-")) {
            reading.error(
                    DiagnosticCode.NAME_START,
                    line,
                    line.nameStart(),
                    "the name starts or ends with a hyphen: " + line.excerpt(),
                    "start and end it with a letter or digit");
        } else if (name.length() > NAME_LIMIT) {
            reading.error(
                    DiagnosticCode.NAME_LENGTH,
                    line,
                    line.nameStart(),
                    "the name has " + name.length() + " characters",
                    "use at most " + NAME_LIMIT);
        } else if (start == line.end()) {
            reading.error(
                    DiagnosticCode.EMPTY_COMMAND,
                    line,
                    line.colon(),
                    '"' + name + "\" has no command",
                    "write the command after the colon, on the same line");
        } else {
            rewritten(line, name, reading);
            reading.add(line, name, start, line.end());
        }
    }

    private static void rewritten(Line line, String name, Reading reading) {
        if (line.isIndented() || !name.equals(line.name())) {
            reading.warning(
                    DiagnosticCode.NAME_NOT_PORTABLE,
                    line,
                    line.start(),
                    "the name is read as \"" + name + '"',
                    "write it that way");
        }
    }
}
