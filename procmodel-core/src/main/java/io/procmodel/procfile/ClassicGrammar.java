package io.procmodel.procfile;

import com.google.common.base.CharMatcher;

/**
 * The grammar of Heroku's classic build: blanks, a name, at most one colon right behind it, at least one blank, and the
 * rest of the line, trailing blanks included. It refuses nothing, so every oddity is a warning.
 */
final class ClassicGrammar implements Grammar {
    private static final LineRules RULES = new LineRules(true, false, CharMatcher.whitespace());

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
        int separator = line.hasColonAtName() ? line.colon() + 1 : line.nameEnd();
        if (line.hasName() && separator < line.end() && isBlank(line, separator)) {
            entry(line, Characters.skip(RULES.blanks(), line.text(), separator, line.end()), reading);
        } else if (line.hasName() && line.hasColonAtName()) {
            reading.warning(
                    DiagnosticCode.NO_BLANK_AFTER_COLON,
                    line,
                    line.colon(),
                    "this line is skipped: there is no blank after the colon: " + line.excerpt(),
                    "write a blank after the colon");
        } else {
            reading.ignore(line);
        }
    }

    @Override
    public void finish(Reading reading) {
        reading.reportIfEmpty(Severity.WARNING);
    }

    private static boolean isBlank(Line line, int offset) {
        return RULES.blanks().matches(line.text().charAt(offset));
    }

    private static void entry(Line line, int start, Reading reading) {
        if (line.hasColon() && !line.hasColonAtName()) {
            reading.warning(
                    DiagnosticCode.BLANK_BEFORE_COLON,
                    line,
                    line.nameEnd(),
                    "the colon belongs to the command, which does nothing",
                    "remove the blank before the colon");
        } else if (!line.hasColon()) {
            Cause cause = Cause.of(line);
            reading.warning(
                    cause.code(),
                    line,
                    line.nameStart(),
                    "this line declares the process type \"" + line.name() + "\": " + cause.message(),
                    cause.hint());
        } else if (start == line.end()) {
            reading.warning(
                    DiagnosticCode.EMPTY_COMMAND,
                    line,
                    line.colon(),
                    '"' + line.name() + "\" has an empty command",
                    "write the command after the colon, on the same line");
        }
        reading.add(line, line.name(), start, line.end());
    }
}
