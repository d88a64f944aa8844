package io.procmodel;

import io.procmodel.error.ProcModelException;
import io.procmodel.name.AppName;

/** A release was to be tried again, and its app has no process type {@code release} (Heroku: REL-19). */
public final class NoReleaseCommandException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    NoReleaseCommandException(AppName app) {
        super("retry of " + app + ": the newest release has no release command (expected: a process type \"release\")");
    }
}
