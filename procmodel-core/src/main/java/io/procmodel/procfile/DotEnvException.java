package io.procmodel.procfile;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.ProcModelException;
import java.util.List;

/**
 * A {@code .env} text was refused. It carries everything that was found, warnings included; neither the message nor a
 * diagnostic holds a value.
 */
public final class DotEnvException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final transient ImmutableList<Diagnostic> diagnostics;

    DotEnvException(List<Diagnostic> diagnostics) {
        super(ErrorList.describe(".env", diagnostics));
        this.diagnostics = ImmutableList.copyOf(diagnostics);
    }

    /** All findings, file by file, in the order of their positions; at least one is an error. Not serialised. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
