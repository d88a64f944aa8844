package io.procmodel.procfile;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.ProcModelException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A Procfile was refused. It carries everything that was found, warnings included, so that one look is enough to correct
 * the file; {@link #getMessage()} shows the first errors.
 */
public final class ProcfileException extends ProcModelException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 20;

    private final transient ImmutableList<Diagnostic> diagnostics;

    ProcfileException(String source, List<Diagnostic> diagnostics) {
        super(describe(source, diagnostics));
        this.diagnostics = ImmutableList.copyOf(diagnostics);
    }

    /** All findings in the order of their positions; at least one is an error. Not kept by Java serialisation. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    private static String describe(String source, List<Diagnostic> diagnostics) {
        List<Diagnostic> errors = diagnostics.stream()
                .filter(found -> found.severity() == Severity.ERROR)
                .toList();
        String shown = errors.stream().limit(SHOWN).map(error -> "\n  " + error).collect(Collectors.joining());
        String more = errors.size() > SHOWN ? "\n  and " + (errors.size() - SHOWN) + " more" : "";
        return source + " has " + errors.size() + (errors.size() == 1 ? " error:" : " errors:") + shown + more;
    }
}
