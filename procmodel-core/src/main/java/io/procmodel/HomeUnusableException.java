package io.procmodel;

import io.procmodel.error.ProcModelException;
import java.io.IOException;
import java.nio.file.Path;

/** The home directory cannot be created or written. Choose another one, or change its permissions. */
public final class HomeUnusableException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    HomeUnusableException(Path home, IOException cause) {
        super(
                "home: \"" + home + "\" cannot be used: "
                        + cause.getClass().getSimpleName() + " (" + cause.getMessage()
                        + ") (expected: a directory that this process can create and write)",
                cause);
    }
}
