package io.procmodel.build;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.ProcModelException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A build failed: a step ended with an error, took too long, or was interrupted. There is no slug and nothing has changed;
 * the error carries the last lines of the output, which mostly tell why (Heroku: BLD-4).
 */
public class BuildException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final ImmutableList<String> lastLines;

    /** Creates an error without output, for a build that failed before it ran anything. */
    public BuildException(String message) {
        this(message, List.of(), null);
    }

    BuildException(String message, List<String> lastLines, @Nullable Throwable cause) {
        super(lastLines.isEmpty() ? message : message + "\n" + String.join("\n", lastLines), cause);
        this.lastLines = ImmutableList.copyOf(lastLines);
    }

    /** The last lines that the build printed, the oldest first. */
    public List<String> lastLines() {
        return lastLines;
    }
}
