package io.procmodel.procfile;

import com.google.common.base.Ascii;

/**
 * One finding about a text: where, what, and what to do about it.
 *
 * @param severity how much it matters
 * @param code what it is about
 * @param line the line, from 1
 * @param column the column, from 1, counted in code points
 * @param message what was found
 * @param hint the likely cause or the way out
 */
public record Diagnostic(Severity severity, DiagnosticCode code, int line, int column, String message, String hint) {
    /** One line: {@code 3:1 error merge-conflict-mark: … (…)}. */
    @Override
    public String toString() {
        return line + ":" + column + " " + Ascii.toLowerCase(severity.name()) + " " + code + ": " + message + " ("
                + hint + ")";
    }
}
