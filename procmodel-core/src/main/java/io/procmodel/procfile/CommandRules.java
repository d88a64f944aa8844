package io.procmodel.procfile;

/** What the strict grammar says about a command: one error, a NUL character; else only warnings. */
final class CommandRules {
    private CommandRules() {}

    static void check(Line line, int start, int end, Reading reading) {
        CommandScan scan = new CommandScan(line.text(), start, end);
        quote(line, scan.unbalancedQuote(), reading);
        control(line, scan.control(), reading);
        falseBlank(line, scan.falseBlank(), reading);
        if (scan.comment() >= 0) {
            reading.warning(
                    DiagnosticCode.TRAILING_COMMENT,
                    line,
                    scan.comment(),
                    "the command has a trailing comment",
                    "put it on a line of its own: it is part of the command, and only Dokku removes it");
        }
        if (line.text().charAt(start) == ':') {
            reading.warning(
                    DiagnosticCode.DOUBLE_COLON,
                    line,
                    start,
                    "there is a second colon",
                    "remove it, unless the shell's no-op \":\" is meant");
        }
        if (end < line.end()) {
            reading.report(
                    Severity.INFO,
                    DiagnosticCode.TRAILING_BLANKS,
                    line,
                    end,
                    "there are blanks after the command",
                    "remove them: other platforms keep them in the command");
        }
    }

    private static void quote(Line line, int offset, Reading reading) {
        if (offset >= 0) {
            reading.warning(
                    DiagnosticCode.UNBALANCED_QUOTE,
                    line,
                    offset,
                    "this quotation mark " + line.text().charAt(offset) + " is never closed",
                    "close it on the same line: the shell will refuse the command");
        }
    }

    private static void control(Line line, int offset, Reading reading) {
        if (offset < 0) {
            return;
        }
        char c = line.text().charAt(offset);
        reading.report(
                c == 0 ? Severity.ERROR : Severity.WARNING,
                DiagnosticCode.CONTROL_CHARACTER,
                line,
                offset,
                String.format("the command has the control character U+%04X", (int) c),
                c == 0 ? "save the file as UTF-8 text: no command can have it" : "remove it");
    }

    private static void falseBlank(Line line, int offset, Reading reading) {
        if (offset >= 0) {
            reading.warning(
                    DiagnosticCode.FALSE_BLANK,
                    line,
                    offset,
                    String.format(
                            "the command has the character U+%04X, which only looks like a blank",
                            (int) line.text().charAt(offset)),
                    "put a plain space: the shell takes it for a letter");
        }
    }
}
