package io.procmodel.procfile;

/** Finds where the values of a {@code .env} text end; a quoted one may take further lines. */
final class ValueReader {
    private final String text;
    private final Lines lines;
    private final Interpolation interpolation;
    private final Findings findings;

    ValueReader(String text, Lines lines, Interpolation interpolation, Findings findings) {
        this.text = text;
        this.lines = lines;
        this.interpolation = interpolation;
        this.findings = findings;
    }

    /** The value that starts behind the separator of a line. */
    Assignment.Value read(Line line, int start) {
        int at = skipBlanks(start, line.end());
        Quote quote = Quote.at(text, at, line.end());
        int close = quote == Quote.NONE ? -1 : quote.close(text, at);
        if (close >= 0 && endsValue(close + 1)) {
            takeLines(line, close);
            return new ValueParser(text, line, quote, interpolation, findings).parse(at + 1, close);
        }
        if (quote != Quote.NONE) {
            warnOfQuote(line, at, close);
        }
        int end = endOfUnquoted(start, at, line.end());
        return new ValueParser(text, line, Quote.NONE, interpolation, findings).parse(Math.min(at, end), end);
    }

    private void warnOfQuote(Line line, int open, int close) {
        if (close < 0) {
            findings.warning(
                    DiagnosticCode.UNBALANCED_QUOTE,
                    line,
                    open,
                    "this quotation mark is never closed, so it is part of the value",
                    "close it");
        } else {
            findings.warning(
                    DiagnosticCode.TEXT_AFTER_QUOTE,
                    line,
                    open,
                    "text follows the closing quotation mark, so the marks are part of the value",
                    "quote the whole value");
        }
    }

    private void takeLines(Line first, int close) {
        Line last = first;
        while (last.end() <= close) {
            last = lines.next();
            if (last.end() <= close && AssignmentLine.cut(last).looksLikeAssignment()) {
                findings.warning(
                        DiagnosticCode.SWALLOWED_LINE,
                        last,
                        last.nameStart(),
                        "this line belongs to the quoted value that starts in line " + first.number(),
                        "close the quotation mark earlier, if that is not meant");
            }
        }
    }

    /** Whether only blanks and a comment stand between {@code from} and the end of that line. */
    private boolean endsValue(int from) {
        int at = skipBlanks(from, text.length());
        return at == text.length() || "#\r\n".indexOf(text.charAt(at)) >= 0;
    }

    /** A comment starts at a mark with a blank before it; in {@code a#b} the mark is part of the value. */
    private int endOfUnquoted(int start, int from, int end) {
        for (int at = from; at < end; at++) {
            boolean comment = text.charAt(at) == '#' && at > start;
            if (comment && LineRules.SPACE_AND_TAB.matches(text.charAt(at - 1))) {
                return Characters.trim(LineRules.SPACE_AND_TAB, text, start, at);
            }
        }
        return Characters.trim(LineRules.SPACE_AND_TAB, text, from, end);
    }

    private int skipBlanks(int from, int end) {
        return Characters.skip(LineRules.SPACE_AND_TAB, text, from, end);
    }
}
