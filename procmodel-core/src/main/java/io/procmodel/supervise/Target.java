package io.procmodel.supervise;

import com.google.common.collect.ImmutableSortedMap;
import io.procmodel.dyno.DynoName;
import io.procmodel.formation.DynoSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an app should be running: one release, and a quantity, size and command per process type.
 *
 * @param release the version of the release that every dyno should run; 0 before the first deploy
 * @param types the process types by name
 */
public record Target(int release, Map<String, ProcessTarget> types) {

    /**
     * What one process type should be running.
     *
     * @param quantity how many dynos
     * @param command the command, unexpanded
     * @param web whether its dynos are up only when their port accepts connections (DYN-7)
     * @param size the size of each dyno
     */
    public record ProcessTarget(int quantity, String command, boolean web, DynoSize size) {}

    /** Nothing: the target of an app before its first deploy. */
    public static final Target NOTHING = new Target(0, Map.of());

    /** Copies the types, sorted by name. */
    public Target {
        types = ImmutableSortedMap.copyOf(types);
    }

    /** The names of all dynos that should run, by type and number. */
    public List<DynoName> names() {
        List<DynoName> names = new ArrayList<>();
        types.forEach((type, process) -> {
            for (int number = 1; number <= process.quantity(); number++) {
                names.add(new DynoName(type, number));
            }
        });
        return names;
    }

    int webQuantity() {
        return types.values().stream()
                .filter(ProcessTarget::web)
                .mapToInt(ProcessTarget::quantity)
                .sum();
    }

    boolean wants(DynoName name) {
        return process(name).map(process -> name.number() <= process.quantity()).orElse(false);
    }

    Optional<ProcessTarget> process(DynoName name) {
        return Optional.ofNullable(types.get(name.processType()));
    }

    /** Whether an instance runs what it should: this release at this size. */
    boolean matches(Instance instance) {
        return instance.release() == release
                && process(instance.name())
                        .map(process -> process.size().equals(instance.process().size()))
                        .orElse(false);
    }
}
