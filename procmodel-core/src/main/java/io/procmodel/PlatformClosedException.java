package io.procmodel;

import io.procmodel.error.ProcModelException;

/** The platform was closed before the call, or while it waited. */
public final class PlatformClosedException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    PlatformClosedException(String what) {
        super(what + ": the platform is closed (expected: a call before close())");
    }
}
