package io.procmodel.supervise;

import com.google.common.collect.ImmutableMap;
import io.procmodel.dyno.DynoName;
import io.procmodel.formation.DynoSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that supervision knows about one app. An immutable value, safe to publish to other threads. */
public final class SupervisionState {
    /** An app of which nothing runs and nothing should. */
    public static final SupervisionState INITIAL = new SupervisionState(
            Target.NOTHING,
            false,
            false,
            1,
            ImmutableMap.of(),
            ImmutableMap.of(),
            Idleness.NONE,
            null,
            Singles.NONE,
            null);

    private final Target target;
    private final boolean closed;
    private final boolean halted;
    private final long nextId;
    private final Map<Long, Instance> instances;
    private final Map<DynoName, Health> health;
    private final Idleness idleness;
    private final @Nullable Duration drain;
    private final Singles singles;
    private final @Nullable Instant settles;

    SupervisionState(
            Target target,
            boolean closed,
            boolean halted,
            long nextId,
            Map<Long, Instance> instances,
            Map<DynoName, Health> health,
            Idleness idleness,
            @Nullable Duration drain,
            Singles singles,
            @Nullable Instant settles) {
        this.target = target;
        this.closed = closed;
        this.halted = halted;
        this.nextId = nextId;
        this.instances = ImmutableMap.copyOf(instances);
        this.health = ImmutableMap.copyOf(health);
        this.idleness = idleness;
        this.drain = drain;
        this.singles = singles;
        this.settles = settles;
    }

    /** When the next deadline or pause is over, so that a {@link Fact.Ticked} is due; empty when nothing is pending. */
    public Optional<Instant> nextDeadline() {
        Stream<Instant> deadlines =
                instances.values().stream().map(Instance::deadline).filter(Objects::nonNull);
        Stream<Instant> starts = health.entrySet().stream()
                .filter(entry -> !idleness.sleeping().contains(entry.getKey()))
                .filter(entry -> singles.mayRun(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(Health::crashed)
                .map(Health::nextStart)
                .filter(Objects::nonNull);
        Stream<Instant> sleep = Stream.ofNullable(idleness.due());
        Stream<Instant> rollout = Stream.ofNullable(settles);
        return Stream.of(deadlines, closed ? Stream.<Instant>empty() : Stream.concat(starts, sleep), rollout)
                .flatMap(moments -> moments)
                .min(Instant::compareTo);
    }

    /** Whether the app is closed for good. */
    public boolean isClosed() {
        return closed;
    }

    /** Whether the app is closed and no instance is left, in whatever phase. */
    public boolean isStopped() {
        return closed && instances.isEmpty();
    }

    /** Whether a rollout was given up because a new dyno did not come up; the old ones are kept. */
    public boolean isHalted() {
        return halted;
    }

    /** Whether dynos of the app sleep. */
    public boolean isAsleep() {
        return idleness.asleep();
    }

    /** Whether the app's dyno hours are used up. */
    public boolean isSpent() {
        return idleness.spent();
    }

    /** How long a web dyno may go on with its requests before it is stopped; null if there is no front door. */
    public @Nullable Duration drainLimit() {
        return drain;
    }

    /** Whether every dyno of the target is up on its release or asleep, and nothing but one-off dynos has a process. */
    public boolean isUp() {
        List<Instance> formation = instances.values().stream()
                .filter(instance -> !instance.isOneOff())
                .toList();
        boolean settled = formation.stream()
                .allMatch(instance -> instance.isUp() && !instance.stale() && target.matches(instance));
        return settled
                && !closed
                && formation.size()
                        == target.names().stream().filter(singles::mayRun).count()
                                - idleness.sleeping().size();
    }

    /** Whether a process type is a singleton. */
    public boolean isSingleton(String type) {
        return singles.contains(type);
    }

    /** Whether a dyno of a process type should run here, with its lease if it needs one. */
    public boolean wants(String type) {
        Target.ProcessTarget process = target.types().get(type);
        return !closed && process != null && process.quantity() > 0;
    }

    /** Whether a dyno of the formation of that type has a process, or will. */
    public boolean hasProcess(String type) {
        return instances.values().stream()
                .anyMatch(instance ->
                        !instance.isOneOff() && instance.name().processType().equals(type));
    }

    /**
     * Whether a crashed dyno will not be started again by then: its policy leaves it down, or its cool-off lasts longer. A
     * release or a restart by hand may start it all the same.
     */
    public boolean staysDownBeyond(Instant time) {
        return health.values().stream().anyMatch(record -> record.keepsDown(time));
    }

    /** How many one-off dynos of a size have a process, or will. */
    public long oneOffs(DynoSize size) {
        return instances.values().stream()
                .filter(instance ->
                        instance.isOneOff() && instance.process().size().equals(size))
                .count();
    }

    /** Whether a dyno has that name, in whatever phase, or should have. */
    public boolean hasName(DynoName name) {
        return target.wants(name)
                || instances.values().stream()
                        .anyMatch(instance -> instance.name().equals(name));
    }

    /** What should run. */
    public Target target() {
        return target;
    }

    /**
     * The dynos as people see them, by name: each name of the formation once, as its running instance or crashed; and
     * names that are leaving the formation, and one-off dynos, as long as they have processes.
     */
    public List<DynoStatus> dynos() {
        List<DynoStatus> dynos = new ArrayList<>();
        Set<DynoName> listed = new HashSet<>();
        newestFirst(instances.values()).stream()
                .filter(instance -> instance.phase().active())
                .forEach(instance -> add(dynos, listed, instance));
        health.forEach((name, record) -> {
            if (record.crashed() && listed.add(name)) {
                dynos.add(DynoStatus.crashed(name, target, record));
            }
        });
        idleness.sleeping().stream()
                .filter(listed::add)
                .forEach(name -> dynos.add(DynoStatus.idle(name, target, health.get(name))));
        newestFirst(instances.values()).forEach(instance -> add(dynos, listed, instance));
        dynos.sort((a, b) -> a.name().compareTo(b.name()));
        return dynos;
    }

    /** Every life of a web dyno by itself, oldest first, and the web dynos that are crashed. */
    public List<DynoStatus> webInstances() {
        List<DynoStatus> web = new ArrayList<>();
        instances.values().stream()
                .filter(instance -> instance.process().web() && !instance.isOneOff())
                .forEach(instance -> web.add(DynoStatus.of(instance, health.get(instance.name()))));
        health.forEach((name, record) -> {
            if (record.crashed()
                    && target.process(name).map(Target.ProcessTarget::web).orElse(false)) {
                web.add(DynoStatus.crashed(name, target, record));
            }
        });
        return web;
    }

    /**
     * How many dynos use dyno hours now, larger ones weighted: every dyno that there should be, whether it serves or not,
     * and every one-off dyno (Heroku: DYN-79).
     *
     * @param sleepingToo whether those that sleep count
     */
    public int dynoUnits(boolean sleepingToo) {
        int formation = target.names().stream()
                .filter(name -> sleepingToo || !idleness.sleeping().contains(name))
                .mapToInt(name -> target.process(name).orElseThrow().size().units())
                .sum();
        int oneOffs = instances.values().stream()
                .filter(Instance::isOneOff)
                .mapToInt(instance -> instance.process().size().units())
                .sum();
        return formation + oneOffs;
    }

    /** How many web dynos there should be. */
    public int webQuantity() {
        return target.webQuantity();
    }

    private void add(List<DynoStatus> dynos, Set<DynoName> listed, Instance instance) {
        if (listed.add(instance.name())) {
            dynos.add(DynoStatus.of(instance, health.get(instance.name())));
        }
    }

    private static List<Instance> newestFirst(Collection<Instance> instances) {
        return instances.stream().sorted((a, b) -> Long.compare(b.id(), a.id())).toList();
    }

    long nextId() {
        return nextId;
    }

    Singles singles() {
        return singles;
    }

    Map<Long, Instance> instances() {
        return instances;
    }

    Map<DynoName, Health> health() {
        return health;
    }

    Idleness idleness() {
        return idleness;
    }
}
