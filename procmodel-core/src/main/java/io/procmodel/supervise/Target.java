package io.procmodel.supervise;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.procmodel.dyno.DynoName;
import io.procmodel.formation.DynoSize;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What an app should be running: one release, and a quantity, size and command per process type. Immutable. */
public final class Target {

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

    private final int release;
    private final Map<String, ProcessTarget> types;
    /** Kept: every fact of every dyno asks for them. */
    private final List<DynoName> names;

    /**
     * Creates a target.
     *
     * @param release the version of the release that every dyno should run; 0 before the first deploy
     * @param types the process types by name; copied and sorted
     */
    public Target(int release, Map<String, ProcessTarget> types) {
        this.release = release;
        this.types = ImmutableSortedMap.copyOf(types);
        ImmutableList.Builder<DynoName> all = ImmutableList.builder();
        this.types.forEach((type, process) -> {
            for (int number = 1; number <= process.quantity(); number++) {
                all.add(new DynoName(type, number));
            }
        });
        this.names = all.build();
    }

    /** The version of the release that every dyno should run; 0 before the first deploy. */
    public int release() {
        return release;
    }

    /** The process types by name, in the order of their names. */
    public Map<String, ProcessTarget> types() {
        return types;
    }

    /** The names of all dynos that should run, by type and number. */
    public List<DynoName> names() {
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

    @Override
    public boolean equals(Object other) {
        return other instanceof Target target && release == target.release && types.equals(target.types);
    }

    @Override
    public int hashCode() {
        return Objects.hash(release, types);
    }

    @Override
    public String toString() {
        return "v" + release + " " + types;
    }
}
