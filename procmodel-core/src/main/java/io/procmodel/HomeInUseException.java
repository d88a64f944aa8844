package io.procmodel;

import io.procmodel.error.ProcModelException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Another platform, in this JVM or another one, has the home directory open. Close that one, or choose another home. */
public final class HomeInUseException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final long holder;

    HomeInUseException(Path home, OptionalLong holder) {
        super("home: \"" + home + "\" is in use by process "
                + (holder.isPresent() ? holder.getAsLong() : "unknown")
                + " (expected: a directory that no other platform has open)");
        this.holder = holder.orElse(-1);
    }

    /** The id of the process that holds the home, if it could be told. */
    public OptionalLong holder() {
        return holder < 0 ? OptionalLong.empty() : OptionalLong.of(holder);
    }
}
