package io.procmodel.procfile;

import com.google.common.collect.Sets;
import io.procmodel.procfile.ValuePart.Otherwise;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts one value into text and references, and resolves its escapes; reports each kind of finding once. One use only. */
final class ValueParser {
    private static final int DEPTH = 20;

    private final String text;
    private final Line line;
    private final Quote quote;
    private final Interpolation interpolation;
    private final Findings findings;
    private Set<DiagnosticCode> reported = Set.of();
    private int at;
    private int end;

    ValueParser(String text, Line line, Quote quote, Interpolation interpolation, Findings findings) {
        this.text = text;
        this.line = line;
        this.quote = quote;
        this.interpolation = interpolation;
        this.findings = findings;
    }

    Assignment.Value parse(int from, int to) {
        at = from;
        end = to;
        return isPlain(from, to) ? Assignment.Value.of(text.substring(from, to)) : Assignment.Value.of(parts(0));
    }

    private boolean isPlain(int from, int to) {
        for (int place = from; place < to; place++) {
            char c = text.charAt(place);
            if (c == '\\' || c == '$' || c == '\r' || c == 0) {
                return false;
            }
        }
        return true;
    }

    /** The parts up to the end, or within a reference up to its closing brace. */
    private List<ValuePart> parts(int depth) {
        List<ValuePart> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        while (at < end && !(depth > 0 && text.charAt(at) == '}')) {
            if (isReference()) {
                flush(literal, parts);
                reference(depth, parts);
            } else {
                character(literal);
            }
        }
        flush(literal, parts);
        return parts;
    }

    private void character(StringBuilder literal) {
        char c = text.charAt(at++);
        if (c == '\\' && at < end && quote != Quote.SINGLE) {
            escape(literal);
        } else if (c == '\r') {
            literal.append('\n');
            at += at < end && text.charAt(at) == '\n' ? 1 : 0;
        } else {
            checked(c);
            literal.append(c);
        }
    }

    private void checked(char c) {
        if (c == 0) {
            error(
                    DiagnosticCode.CONTROL_CHARACTER,
                    "the value has a NUL character",
                    "remove it: no variable can hold it");
        } else if (c == '$' && at < end && text.charAt(at) == '(' && quote != Quote.SINGLE) {
            warn(
                    DiagnosticCode.COMMAND_SUBSTITUTION,
                    "the value has a command substitution, which stays as it is",
                    "write the value itself: commands are never run");
        }
    }

    private void escape(StringBuilder literal) {
        char c = text.charAt(at);
        if (quote == Quote.NONE) {
            boolean dollar = c == '$' && interpolation != Interpolation.NONE;
            literal.append(dollar ? '$' : '\\');
            at += dollar ? 1 : 0;
            return;
        }
        at++;
        switch (c) {
            case 'n' -> literal.append('\n');
            case 'r' -> literal.append('\r');
            case 't' -> literal.append('\t');
            case '"', '\\', '$', '\'', '`' -> literal.append(c);
            case '\r', '\n' -> {
                literal.append('\\');
                at--;
            }
            default -> {
                checked(c);
                warn(
                        DiagnosticCode.UNKNOWN_ESCAPE,
                        "the backslash before this character is dropped",
                        "write \\\\ for one");
                literal.append(c);
            }
        }
    }

    private boolean isReference() {
        if (interpolation == Interpolation.NONE || quote == Quote.SINGLE || text.charAt(at) != '$' || at + 1 >= end) {
            return false;
        }
        char next = text.charAt(at + 1);
        return next == '{' || (interpolation == Interpolation.FULL && AssignmentLine.isStartOfName(next));
    }

    private void reference(int depth, List<ValuePart> parts) {
        boolean braces = text.charAt(at + 1) == '{';
        at += braces ? 2 : 1;
        int nameStart = at;
        while (at < end && isNamePart(text.charAt(at))) {
            at++;
        }
        String name = text.substring(nameStart, at);
        if (!braces) {
            parts.add(new ValuePart.Reference(name, new Otherwise.Nothing()));
            return;
        }
        if (depth == DEPTH) {
            error(DiagnosticCode.REFERENCE_LIMIT, "references are nested too deep", "nest at most " + DEPTH);
            at = end;
            return;
        }
        Otherwise otherwise = otherwise(depth);
        if (name.isEmpty() || !AssignmentLine.isStartOfName(name.charAt(0)) || at >= end || text.charAt(at) != '}') {
            error(
                    DiagnosticCode.BROKEN_REFERENCE,
                    "this reference is broken",
                    "write ${NAME}, or \\$ for a dollar sign");
            at = end;
            return;
        }
        at++;
        parts.add(new ValuePart.Reference(name, otherwise));
    }

    private Otherwise otherwise(int depth) {
        if (text.startsWith(":-", at)) {
            at += 2;
            return new Otherwise.Default(parts(depth + 1));
        }
        if (text.startsWith(":?", at)) {
            at += 2;
            parts(depth + 1);
            return new Otherwise.Refusal();
        }
        return new Otherwise.Nothing();
    }

    private void warn(DiagnosticCode code, String message, String hint) {
        report(Severity.WARNING, code, message, hint);
    }

    private void error(DiagnosticCode code, String message, String hint) {
        report(Severity.ERROR, code, message, hint);
    }

    private void report(Severity severity, DiagnosticCode code, String message, String hint) {
        if (!reported.contains(code)) {
            reported = Sets.immutableEnumSet(code, reported.toArray(new DiagnosticCode[0]));
            findings.report(severity, code, line, Math.min(at, line.end()), message, hint);
        }
    }

    private static void flush(StringBuilder literal, List<ValuePart> parts) {
        if (literal.length() > 0) {
            parts.add(new ValuePart.Text(literal.toString()));
            literal.setLength(0);
        }
    }

    private static boolean isNamePart(char c) {
        return c == '_' || Characters.isAlphanumeric(c);
    }
}
