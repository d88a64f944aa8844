package io.procmodel;

import io.procmodel.error.ProcModelException;
import io.procmodel.name.AppName;
import java.util.Collection;

/** The platform has no app of that name. */
public final class NoSuchAppException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    NoSuchAppException(AppName name, Collection<AppName> known) {
        super("app: \"" + name + "\" does not exist (expected: one of " + known + ")");
    }
}
