package io.procmodel.runtime;

import io.procmodel.dyno.DynoName;
import io.procmodel.error.InvalidValueException;
import java.util.Map;

/** Which port each dyno of a formation gets. Implementations are immutable and thread-safe. */
@FunctionalInterface
public interface PortPlan {
    /** The port that foreman and its kin start counting from. */
    int FOREMAN_BASE = 5000;

    /**
     * The port of a dyno.
     *
     * @param name the dyno
     * @param slot the place of its process type in the Procfile, from 0; types that are scaled to 0 keep theirs
     * @throws InvalidValueException if the plan has no port for it
     */
    PortRequest portOf(DynoName name, int slot);

    /**
     * As foreman counts: a hundred ports per process type in the order of the Procfile, and one per dyno of a type. The
     * hundredth dyno of a type would take the port of the next type's first, and is refused.
     *
     * @param base the port of the first dyno of the first type
     * @throws InvalidValueException if {@code base} is no port
     */
    static PortPlan foreman(int base) {
        return new ForemanPorts(((PortRequest.Fixed) PortRequest.fixed(base)).port());
    }

    /** A free port for every dyno, held from its choice until the dyno is started. */
    static PortPlan free() {
        return (name, slot) -> PortRequest.ANY;
    }

    /**
     * These ports and no others.
     *
     * @param ports the port of each dyno, by name such as {@code web.1}
     * @throws InvalidValueException if a name is no dyno's, a number no port, or a port is given twice
     */
    static PortPlan fixed(Map<String, Integer> ports) {
        return FixedPorts.of(ports);
    }
}
