package io.procmodel.runtime;

import com.google.common.collect.ImmutableMap;
import io.procmodel.dyno.DynoName;
import io.procmodel.error.InvalidValueException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A port for each dyno by name. */
record FixedPorts(Map<DynoName, PortRequest> ports) implements PortPlan {
    static FixedPorts of(Map<String, Integer> byName) {
        ImmutableMap.Builder<DynoName, PortRequest> ports = ImmutableMap.builder();
        Set<Integer> taken = new HashSet<>();
        byName.forEach((name, port) -> {
            if (!taken.add(port)) {
                throw new InvalidValueException("port of " + name, port.toString(), "a port that no other dyno has");
            }
            ports.put(DynoName.parse(name), PortRequest.fixed(port));
        });
        return new FixedPorts(ports.buildOrThrow());
    }

    @Override
    public PortRequest portOf(DynoName name, int slot) {
        PortRequest port = ports.get(name);
        if (port == null) {
            throw new InvalidValueException("dyno", name.toString(), "one that the plan names: " + ports.keySet());
        }
        return port;
    }
}
