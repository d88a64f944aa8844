package io.procmodel.procfile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads one {@code .env} text, line by line, into assignments. No diagnostic of it holds a value. */
final class DotEnvParser {
    private static final String EXPORT = "export";

    private final String text;
    private final Lines lines;
    private final Interpolation interpolation;
    private final Findings findings;
    private final Map<String, Assignment> assignments;
    private final Map<String, Integer> linesOfThisText = new HashMap<>();

    DotEnvParser(String text, Interpolation interpolation, Findings findings, Map<String, Assignment> assignments) {
        this.text = text;
        this.lines = new Lines(text, LineRules.TOLERANT);
        this.interpolation = interpolation;
        this.findings = findings;
        this.assignments = assignments;
    }

    void parse() {
        while (lines.hasNext()) {
            Line line = lines.next();
            if (!line.isBlank() && !line.isComment()) {
                assignment(line);
            }
        }
    }

    private void assignment(Line line) {
        int nameStart = afterExport(line);
        boolean exported = nameStart > line.nameStart();
        int nameEnd = endOfName(nameStart, line.end());
        int separator = separator(nameEnd, line.end());
        if (separator < 0 && exported && nameEnd > nameStart && isNothingAt(nameEnd, line.end())) {
            exportAlone(line, nameStart, nameEnd);
        } else if (separator < 0) {
            unreadable(line, nameStart, nameEnd);
        } else if (nameEnd == nameStart || !isStartOfName(text.charAt(nameStart))) {
            findings.error(
                    DiagnosticCode.VARIABLE_NAME,
                    line,
                    nameStart,
                    nameEnd == nameStart ? "there is no name before the sign" : "the name starts with a digit or mark",
                    "start the name with a letter or _");
        } else {
            set(line, text.substring(nameStart, nameEnd), value(line, separator + 1));
        }
    }

    private int afterExport(Line line) {
        int end = line.nameStart() + EXPORT.length();
        boolean exported = line.startsWith(EXPORT) && end < line.end() && isBlank(text.charAt(end));
        return exported ? skipBlanks(end, line.end()) : line.nameStart();
    }

    /** The place of {@code =}, or of a colon with a blank or the line end behind it, or -1. */
    private int separator(int nameEnd, int end) {
        int sign = skipBlanks(nameEnd, end);
        if (sign < end && text.charAt(sign) == '=') {
            return sign;
        }
        boolean colon = nameEnd < end && text.charAt(nameEnd) == ':';
        return colon && (nameEnd + 1 == end || isBlank(text.charAt(nameEnd + 1))) ? nameEnd : -1;
    }

    private void exportAlone(Line line, int nameStart, int nameEnd) {
        String name = text.substring(nameStart, nameEnd);
        if (!assignments.containsKey(name)) {
            findings.error(
                    DiagnosticCode.EXPORT_WITHOUT_VALUE,
                    line,
                    nameStart,
                    name + " is exported but no line before sets it",
                    "write export " + name + "=VALUE");
        }
    }

    private void unreadable(Line line, int nameStart, int nameEnd) {
        if (line.indexOf('=') >= 0) {
            findings.error(
                    DiagnosticCode.VARIABLE_NAME,
                    line,
                    nameEnd,
                    "this character cannot be part of a name",
                    "use letters, digits, _, . and -, with = right behind the name");
        } else {
            findings.error(
                    DiagnosticCode.NOT_AN_ASSIGNMENT,
                    line,
                    nameStart,
                    "this line sets no variable",
                    "write NAME=VALUE, quote values of several lines, or start comments with #");
        }
    }

    private void set(Line line, String name, List<ValuePart> value) {
        Integer earlier = linesOfThisText.put(name, line.number());
        if (earlier != null) {
            findings.warning(
                    DiagnosticCode.DUPLICATE_VARIABLE,
                    line,
                    line.nameStart(),
                    name + " is set again; it was set before in line " + earlier,
                    "keep one of the two lines: the last one counts");
        }
        assignments.put(name, new Assignment(name, value, line, findings, assignments.get(name)));
    }

    private List<ValuePart> value(Line line, int start) {
        int at = skipBlanks(start, line.end());
        Quote quote = Quote.at(text, at, line.end());
        if (quote != Quote.NONE) {
            int close = quote.close(text, at);
            if (close < 0) {
                findings.warning(
                        DiagnosticCode.UNBALANCED_QUOTE,
                        line,
                        at,
                        "this quotation mark is never closed, so it is part of the value",
                        "close it");
            } else if (endsValue(close + 1)) {
                return quoted(line, quote, at, close);
            } else {
                findings.warning(
                        DiagnosticCode.TEXT_AFTER_QUOTE,
                        line,
                        at,
                        "text follows the closing quotation mark, so the marks are part of the value",
                        "quote the whole value");
            }
        }
        int end = endOfUnquoted(start, at, line.end());
        return new ValueParser(text, line, Quote.NONE, interpolation, findings).parse(Math.min(at, end), end);
    }

    private List<ValuePart> quoted(Line first, Quote quote, int open, int close) {
        Line last = first;
        while (last.end() <= close) {
            last = lines.next();
            if (last.end() > close || !looksLikeAssignment(last)) {
                continue;
            }
            findings.warning(
                    DiagnosticCode.SWALLOWED_LINE,
                    last,
                    last.nameStart(),
                    "this line belongs to the quoted value that starts in line " + first.number(),
                    "close the quotation mark earlier, if that is not meant");
        }
        return new ValueParser(text, first, quote, interpolation, findings).parse(open + 1, close);
    }

    private boolean looksLikeAssignment(Line line) {
        int sign = endOfName(line.nameStart(), line.end());
        return sign > line.nameStart()
                && sign + 1 < line.end()
                && text.startsWith("=", sign)
                && text.charAt(sign + 1) != '=';
    }

    /** Whether only blanks and a comment stand between {@code from} and the end of that line. */
    private boolean endsValue(int from) {
        int at = skipBlanks(from, text.length());
        return at == text.length() || "#\r\n".indexOf(text.charAt(at)) >= 0;
    }

    private boolean isNothingAt(int from, int end) {
        int at = skipBlanks(from, end);
        return at == end || text.charAt(at) == '#';
    }

    /** A comment starts at a mark with a blank before it; in {@code a#b} the mark is part of the value. */
    private int endOfUnquoted(int start, int from, int end) {
        for (int at = from; at < end; at++) {
            if (text.charAt(at) == '#' && at > start && isBlank(text.charAt(at - 1))) {
                return Characters.trim(LineRules.SPACE_AND_TAB, text, start, at);
            }
        }
        return Characters.trim(LineRules.SPACE_AND_TAB, text, from, end);
    }

    private int skipBlanks(int from, int end) {
        return Characters.skip(LineRules.SPACE_AND_TAB, text, from, end);
    }

    private int endOfName(int from, int end) {
        int at = from;
        while (at < end && (Characters.isNamePart(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return at;
    }

    private static boolean isStartOfName(char c) {
        return c == '_' || (Characters.isAlphanumeric(c) && !(c >= '0' && c <= '9'));
    }

    private static boolean isBlank(char c) {
        return LineRules.SPACE_AND_TAB.matches(c);
    }
}
