package io.procmodel.addon;

import io.procmodel.error.ProcModelException;

/**
 * A provider asked for a change of an add-on from within the platform's own call for that add-on, which has not ended. What
 * the provider has to say is the answer of that call.
 */
public final class ProviderCallbackException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    /** For example {@code add-on redis-curly-1: changed from within a call of its provider (expected: …)}. */
    public ProviderCallbackException(String addOn) {
        super("add-on " + addOn + ": changed from within a call of its provider (expected: the answer of that call)");
    }
}
