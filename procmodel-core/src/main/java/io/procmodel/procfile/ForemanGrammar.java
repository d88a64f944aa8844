package io.procmodel.procfile;

/**
 * The grammar of foreman: a name in column 1, a colon right behind it, blanks, and the rest of the line, trailing blanks
 * included. Other lines are skipped, duplicates are all started, and a file without any entry is refused.
 */
final class ForemanGrammar implements Grammar {
    private static final LineRules RULES = new LineRules(false, false, LineRules.ASCII_SPACE);

    @Override
    public LineRules lineRules() {
        return RULES;
    }

    @Override
    public DuplicateTypes duplicates() {
        return DuplicateTypes.KEEP_ALL;
    }

    @Override
    public void read(Lines lines, Reading reading) {
        Line line = lines.next();
        if (!line.hasName() || !line.hasColonAtName()) {
            reading.ignore(line);
        } else if (line.isIndented()) {
            reading.warning(
                    DiagnosticCode.INDENTED_LINE,
                    line,
                    line.nameStart(),
                    "this line is skipped: it is indented: " + line.excerpt(),
                    "start the entry in column 1");
        } else {
            entry(line, reading);
        }
    }

    @Override
    public void finish(Reading reading) {
        reading.reportIfEmpty(Severity.ERROR);
    }

    private static void entry(Line line, Reading reading) {
        int start = line.commandStart();
        if (start < line.end()) {
            reading.add(line, line.name(), start, line.end());
            return;
        }
        boolean blanksAreTheCommand = start > line.colon() + 1;
        reading.warning(
                DiagnosticCode.EMPTY_COMMAND,
                line,
                line.colon(),
                '"' + line.name() + (blanksAreTheCommand ? "\" runs a blank" : "\" is skipped: it has no command"),
                "write the command after the colon, on the same line");
        if (blanksAreTheCommand) {
            reading.add(line, line.name(), line.end() - 1, line.end());
        }
    }
}
