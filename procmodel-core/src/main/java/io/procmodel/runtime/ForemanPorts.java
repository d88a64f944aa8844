package io.procmodel.runtime;

import io.procmodel.dyno.DynoName;
import io.procmodel.error.InvalidValueException;

/** A hundred ports per type, one per dyno. */
record ForemanPorts(int base) implements PortPlan {
    private static final int PER_TYPE = 100;
    private static final int LAST = 65_535;

    @Override
    public PortRequest portOf(DynoName name, int slot) {
        if (name.number() > PER_TYPE) {
            throw new InvalidValueException(
                    "dyno", name.toString(), "at most " + PER_TYPE + " of a type, or it takes the next type's ports");
        }
        long port = base + (long) slot * PER_TYPE + name.number() - 1;
        if (port > LAST) {
            throw new InvalidValueException("port of " + name, Long.toString(port), "at most " + LAST);
        }
        return PortRequest.fixed((int) port);
    }
}
