package io.procmodel.procfile;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.ProcModelException;
import java.util.List;

/**
 * A Procfile was refused. It carries everything that was found, warnings included, so that one look is enough to correct
 * the file; {@link #getMessage()} shows the first errors.
 */
public final class ProcfileException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final transient ImmutableList<Diagnostic> diagnostics;

    ProcfileException(String source, List<Diagnostic> diagnostics) {
        super(ErrorList.describe(source, diagnostics));
        this.diagnostics = ImmutableList.copyOf(diagnostics);
    }

    /** All findings in the order of their positions; at least one is an error. Not serialised. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
