package io.procmodel.procfile;

import com.google.common.base.Ascii;

/**
 * One finding about a text: where, what, and what to do about it.
 *
 * @param severity how much it matters
 * @param code what it is about
 * @param source what the text is: a path, or a name such as {@code Procfile}
 * @param line the line, from 1
 * @param column the column, from 1, counted in code points
 * @param message what was found
 * @param hint the likely cause or the way out
 */
public record Diagnostic(
        Severity severity, DiagnosticCode code, String source, int line, int column, String message, String hint) {
    /** One line: {@code Procfile:3:1 error merge-conflict-mark: … (…)}. */
    @Override
    public String toString() {
        return source + ":" + line + ":" + column + " " + Ascii.toLowerCase(severity.name()) + " " + code + ": "
                + message + " (" + hint + ")";
    }
}
