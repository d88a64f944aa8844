package io.procmodel.procfile;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The diagnostics about one text, as they are found. */
final class Findings {
    private static final Comparator<Diagnostic> BY_POSITION =
            Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column);

    private final String source;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private boolean refused;

    /** Starts without any; {@code source} says what the text is. */
    Findings(String source) {
        this.source = source;
    }

    void error(DiagnosticCode code, Line line, int offset, String message, String hint) {
        report(Severity.ERROR, code, line, offset, message, hint);
    }

    void warning(DiagnosticCode code, Line line, int offset, String message, String hint) {
        report(Severity.WARNING, code, line, offset, message, hint);
    }

    void report(Severity severity, DiagnosticCode code, Line line, int offset, String message, String hint) {
        report(severity, code, line.number(), line.column(offset), message, hint);
    }

    void report(Severity severity, DiagnosticCode code, int line, int column, String message, String hint) {
        diagnostics.add(new Diagnostic(severity, code, source, line, column, message, hint));
        refused |= severity == Severity.ERROR;
    }

    String source() {
        return source;
    }

    /** Whether one of them is an error. */
    boolean isRefused() {
        return refused;
    }

    /** All of them in the order of their positions. */
    ImmutableList<Diagnostic> sorted() {
        return ImmutableList.sortedCopyOf(BY_POSITION, diagnostics);
    }
}
