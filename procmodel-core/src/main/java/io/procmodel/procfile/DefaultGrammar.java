package io.procmodel.procfile;

import java.util.regex.Pattern;

/**
 * The strict grammar: blanks, a name that starts with a letter or digit, blanks, a colon, blanks, a command that is not
 * empty, blanks. Lines of blanks and lines that start with {@code #} are skipped; every other line is an error with a
 * guess at its cause.
 */
final class DefaultGrammar implements Grammar {
    private static final Pattern BLOCK_SCALAR = Pattern.compile("[|>][+-]?+[1-9]?+[+-]?+");

    private final ReaderOptions options;
    private final LineEndCensus lineEnds = new LineEndCensus();

    DefaultGrammar(ReaderOptions options) {
        this.options = options;
    }

    @Override
    public LineRules lineRules() {
        return LineRules.TOLERANT;
    }

    @Override
    public DuplicateTypes duplicates() {
        return DuplicateTypes.REFUSE;
    }

    @Override
    public void read(Lines lines, Reading reading) {
        Line line = lines.next();
        lineEnds.count(line);
        byteOrderMark(line, reading);
        if (line.isBlank() || line.isComment()) {
            return;
        }
        if (line.hasName() && line.hasColon()) {
            entry(line, lines, reading);
        } else {
            reading.refuse(line);
        }
    }

    @Override
    public void finish(Reading reading) {
        lineEnds.report(reading);
        if (!reading.isRefused()) {
            reading.reportIfEmpty(Severity.WARNING);
        }
    }

    private static void byteOrderMark(Line line, Reading reading) {
        if (line.number() == 1 && line.start() > 0) {
            reading.warning(
                    DiagnosticCode.BYTE_ORDER_MARK,
                    line,
                    line.start(),
                    "the file starts with a byte order mark",
                    "save it without: most platforms lose the first entry");
        }
    }

    private void entry(Line line, Lines lines, Reading reading) {
        NameRules.check(line, options.nameLimit(), reading);
        spacing(line, reading);
        int start = line.commandStart();
        int end = Math.max(start, line.trimmedEnd());
        if (start == line.end()) {
            reading.error(
                    DiagnosticCode.EMPTY_COMMAND,
                    line,
                    line.colon(),
                    '"' + line.name() + "\" has no command",
                    "write the command after the colon, on the same line");
        } else if (BLOCK_SCALAR.matcher(line.text()).region(start, end).matches()) {
            block(line, lines, reading);
        } else if (CommandScan.endsInBackslash(line.text(), start, end)) {
            continued(line, lines, reading);
        } else {
            CommandRules.check(line, start, end, reading);
            reading.add(line, line.name(), start, end);
        }
    }

    private static void spacing(Line line, Reading reading) {
        if (line.isIndented()) {
            reading.warning(
                    DiagnosticCode.INDENTED_LINE,
                    line,
                    line.nameStart(),
                    "the entry is indented",
                    "start it in column 1: foreman and its kin skip indented lines");
        }
        if (line.colon() > line.nameEnd()) {
            reading.warning(
                    DiagnosticCode.BLANK_BEFORE_COLON,
                    line,
                    line.nameEnd(),
                    "there is a blank before the colon",
                    "remove it: Heroku would run the command \": …\", which does nothing");
        }
        if (line.commandStart() == line.colon() + 1 && line.commandStart() < line.end()) {
            reading.warning(
                    DiagnosticCode.NO_BLANK_AFTER_COLON,
                    line,
                    line.colon(),
                    "there is no blank after the colon",
                    "add one: Heroku's classic build skips this line");
        }
    }

    private void block(Line line, Lines lines, Reading reading) {
        reading.error(
                DiagnosticCode.YAML_BLOCK,
                line,
                line.commandStart(),
                "the command of \"" + line.name() + "\" is a YAML block",
                "write the whole command on one line, its parts joined with &&");
        while (lines.hasNext() && isPartOfBlock(lines.peek())) {
            lineEnds.count(lines.next());
        }
    }

    private static boolean isPartOfBlock(Line line) {
        return line.isIndented() && !line.isBlank();
    }

    private void continued(Line first, Lines lines, Reading reading) {
        Continuation continuation = new Continuation(first);
        while (continuation.isOpen() && lines.hasNext()) {
            Line line = lines.next();
            lineEnds.count(line);
            continuation.append(line);
        }
        if (options.continuation() && !continuation.isOpen()) {
            reading.add(continuation.entry(), first);
            return;
        }
        reading.error(
                DiagnosticCode.CONTINUED_LINE,
                first,
                first.trimmedEnd() - 1,
                "the command of \"" + first.name() + "\" ends in a backslash",
                continuation.isOpen()
                        ? "remove the backslash: nothing follows it"
                        : "write the whole command on one line: no platform joins lines in a Procfile");
    }
}
