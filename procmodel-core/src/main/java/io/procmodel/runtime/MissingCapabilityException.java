package io.procmodel.runtime;

import io.procmodel.error.ProcModelException;
import java.util.Set;

/** A runtime was asked to promise what it cannot promise on this machine. Nothing was opened. */
public final class MissingCapabilityException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final Capability capability;

    /**
     * Creates the error.
     *
     * @param capability what was asked for
     * @param offered what this machine offers
     */
    public MissingCapabilityException(Capability capability, Set<Capability> offered) {
        super("capability: " + capability + " (expected: one of those of this machine, " + offered + ")");
        this.capability = capability;
    }

    /** What was asked for. */
    public Capability capability() {
        return capability;
    }
}
