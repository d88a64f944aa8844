package io.procmodel.slug;

import io.procmodel.error.ProcModelException;
import org.jspecify.annotations.Nullable;

/**
 * An archive must not or cannot be unpacked: it is damaged, an entry reaches for something outside the target directory, is
 * neither file, directory nor link, or the whole is larger than allowed. Nothing of it was left on disk.
 */
public final class ArchiveException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private ArchiveException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static ArchiveException refused(String entry, String reason, String expected) {
        return new ArchiveException(
                "archive entry " + Printable.text(entry) + ": " + reason + " (expected: " + expected + ")", null);
    }

    static ArchiveException tooLarge(String what, long limit) {
        return new ArchiveException("archive: more than " + limit + " " + what + " (expected: <= " + limit + ")", null);
    }

    static ArchiveException damaged(Exception cause) {
        return new ArchiveException("archive: damaged: " + cause + " (expected: a whole tar archive)", cause);
    }
}
