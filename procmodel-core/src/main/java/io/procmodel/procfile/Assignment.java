package io.procmodel.procfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code .env} that sets a variable; equal only to itself, as two lines may say the same. It is all that is
 * kept of a line, so it keeps numbers and no cut line.
 */
final class Assignment {
    private final String name;
    private final @Nullable String text;
    private final List<ValuePart> parts;
    private final int line;
    private final int column;
    private final Findings findings;
    private final @Nullable Assignment previous;

    private Assignment(
            String name,
            @Nullable String text,
            List<ValuePart> parts,
            int line,
            int column,
            Findings findings,
            @Nullable Assignment previous) {
        this.name = name;
        this.text = text;
        this.parts = parts;
        this.line = line;
        this.column = column;
        this.findings = findings;
        this.previous = previous;
    }

    /**
     * Notes a line.
     *
     * @param findings where diagnostics about its references go
     * @param previous what its references to itself mean, or null
     */
    static Assignment of(Line line, String name, Value value, Findings findings, @Nullable Assignment previous) {
        int column = line.column(line.nameStart());
        return new Assignment(name, value.text(), value.parts(), line.number(), column, findings, previous);
    }

    /** The same line with its references replaced. */
    Assignment resolved(String value) {
        return new Assignment(name, value, List.of(), line, column, findings, null);
    }

    String name() {
        return name;
    }

    /** The value, or null if references in it are not replaced yet. */
    @Nullable
    String text() {
        return text;
    }

    /** The pieces of a value with references. */
    List<ValuePart> parts() {
        return parts;
    }

    int line() {
        return line;
    }

    @Nullable
    Assignment previous() {
        return previous;
    }

    /** Whether the same text set both. */
    boolean isFrom(Findings other) {
        return findings.equals(other);
    }

    void report(Severity severity, DiagnosticCode code, String message, String hint) {
        findings.report(severity, code, line, column, message, hint);
    }

    VariableOrigin origin() {
        return new VariableOrigin(findings.source(), line);
    }

    /**
     * What a line says.
     *
     * @param text all of it, or null if it has references
     * @param parts its pieces if it has references, else none
     */
    record Value(@Nullable String text, List<ValuePart> parts) {
        static Value of(String text) {
            return new Value(text, List.of());
        }

        static Value of(List<ValuePart> parts) {
            if (parts.isEmpty()) {
                return of("");
            }
            return parts.size() == 1 && parts.get(0) instanceof ValuePart.Text only
                    ? of(only.text())
                    : new Value(null, parts);
        }
    }
}
