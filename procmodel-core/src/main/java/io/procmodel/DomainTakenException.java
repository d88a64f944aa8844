package io.procmodel;

import io.procmodel.error.ProcModelException;
import io.procmodel.name.AppName;

/** A host name belongs to another app already. Remove it there first. */
public final class DomainTakenException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    DomainTakenException(String domain, AppName owner) {
        super("domain: " + domain + " (expected: a name that no other app has; it is one of " + owner + ")");
    }
}
