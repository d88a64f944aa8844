package io.procmodel;

import io.procmodel.error.ProcModelException;
import io.procmodel.name.AppName;

/** An app was asked to run something before its first deploy. */
public final class NothingDeployedException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    NothingDeployedException(AppName app, String release) {
        super("run on " + app + ": " + release + " has no slug (expected: a release with one, as deploy makes it)");
    }
}
