package io.procmodel.procfile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one {@code .env} text, line by line, into assignments. No diagnostic of it holds a value. */
final class DotEnvParser {
    private final Lines lines;
    private final ValueReader values;
    private final Findings findings;
    private final Map<String, Assignment> assignments;

    DotEnvParser(String text, Interpolation interpolation, Findings findings, Map<String, Assignment> assignments) {
        this.lines = new Lines(text, LineRules.TOLERANT);
        this.values = new ValueReader(text, lines, interpolation, findings);
        this.findings = findings;
        this.assignments = assignments;
    }

    void parse() {
        while (lines.hasNext()) {
            Line line = lines.next();
            if (!line.isBlank() && !line.isComment()) {
                read(AssignmentLine.cut(line));
            }
        }
    }

    private void read(AssignmentLine assignment) {
        if (assignment.hasSeparator() && assignment.hasProperName()) {
            set(assignment, values.read(assignment.line(), assignment.separator() + 1));
        } else if (assignment.hasSeparator()) {
            findings.error(
                    DiagnosticCode.VARIABLE_NAME,
                    assignment.line(),
                    assignment.nameStart(),
                    assignment.hasName() ? "the name starts with a digit or mark" : "there is no name before the sign",
                    "start the name with a letter or _");
        } else if (assignment.isExportAlone()) {
            exportAlone(assignment);
        } else {
            unreadable(assignment);
        }
    }

    private void exportAlone(AssignmentLine assignment) {
        String name = assignment.name();
        if (!assignments.containsKey(name)) {
            findings.error(
                    DiagnosticCode.EXPORT_WITHOUT_VALUE,
                    assignment.line(),
                    assignment.nameStart(),
                    name + " is exported but no line before sets it",
                    "write export " + name + "=VALUE");
        }
    }

    private void unreadable(AssignmentLine assignment) {
        if (assignment.line().indexOf('=') >= 0) {
            findings.error(
                    DiagnosticCode.VARIABLE_NAME,
                    assignment.line(),
                    assignment.nameEnd(),
                    "this character cannot be part of a name",
                    "use letters, digits, _, . and -, with = right behind the name");
        } else {
            findings.error(
                    DiagnosticCode.NOT_AN_ASSIGNMENT,
                    assignment.line(),
                    assignment.nameStart(),
                    "this line sets no variable",
                    assignment.line().startsWith("{")
                            ? "write NAME=VALUE: this looks like JSON"
                            : "write NAME=VALUE, quote values of several lines, or start comments with #");
        }
    }

    private void set(AssignmentLine assignment, Assignment.Value value) {
        Line line = assignment.line();
        String name = assignment.name();
        @Nullable Assignment previous = assignments.putIfAbsent(name, Assignment.of(line, name, value, findings, null));
        if (previous != null) {
            overrideLine(line, previous, name, value);
        }
    }

    private void overrideLine(Line line, Assignment previous, String name, Assignment.Value value) {
        assignments.put(name, Assignment.of(line, name, value, findings, previous));
        if (previous.isFrom(findings)) {
            findings.warning(
                    DiagnosticCode.DUPLICATE_VARIABLE,
                    line,
                    line.nameStart(),
                    name + " is set again; it was set before in line " + previous.line(),
                    "keep one of the two lines: the last one counts");
        }
    }
}
