package io.procmodel.build;

import io.procmodel.error.ProcModelException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** There is no app to be had from a source: it is missing, of another kind, or cannot be read. Nothing was built. */
public final class SourceException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * Creates the error with the message {@code what: path reason (expected: expected)}.
     *
     * @param what the kind of source, for example {@code source directory}
     * @param path the file or directory
     * @param reason what is wrong with it
     * @param expected what would do
     * @param cause the underlying failure, or null
     */
    public SourceException(String what, Path path, String reason, String expected, @Nullable Throwable cause) {
        super(what + ": " + path + " " + reason + " (expected: " + expected + ")", cause);
        this.path = path.toString();
    }

    /** The file or directory. */
    public Path path() {
        return Path.of(path);
    }
}
