package io.procmodel;

import io.procmodel.error.ProcModelException;
import io.procmodel.name.AppName;

/** The platform has an app of that name already. */
public final class AppExistsException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    AppExistsException(AppName name) {
        super("app name: \"" + name + "\" is taken (expected: a name that no app of this platform has)");
    }
}
