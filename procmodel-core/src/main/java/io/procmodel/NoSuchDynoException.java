package io.procmodel;

import io.procmodel.dyno.DynoName;
import io.procmodel.error.ProcModelException;
import io.procmodel.name.AppName;
import java.util.Collection;

/** The app has no dyno of that name now. */
public final class NoSuchDynoException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    NoSuchDynoException(AppName app, DynoName name, Collection<DynoName> known) {
        super("dyno of " + app + ": \"" + name + "\" does not exist (expected: one of " + known + ")");
    }
}
