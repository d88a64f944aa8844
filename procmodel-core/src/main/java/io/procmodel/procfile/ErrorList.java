package io.procmodel.procfile;

import java.util.List;
import java.util.stream.Collectors;

/** The errors among some diagnostics, as the message of an exception. */
final class ErrorList {
    private static final int SHOWN = 20;

    private ErrorList() {}

    static String describe(String source, List<Diagnostic> diagnostics) {
        List<Diagnostic> errors = diagnostics.stream()
                .filter(found -> found.severity() == Severity.ERROR)
                .toList();
        String shown = errors.stream().limit(SHOWN).map(error -> "\n  " + error).collect(Collectors.joining());
        String more = errors.size() > SHOWN ? "\n  and " + (errors.size() - SHOWN) + " more" : "";
        return source + " has " + errors.size() + (errors.size() == 1 ? " error:" : " errors:") + shown + more;
    }
}
