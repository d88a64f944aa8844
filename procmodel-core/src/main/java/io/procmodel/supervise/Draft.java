package io.procmodel.supervise;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.event.DynoCrashed;
import io.procmodel.event.DynoEvent;
import io.procmodel.event.DynoStarting;
import io.procmodel.event.DynoStopped;
import io.procmodel.event.DynoStopping;
import io.procmodel.event.DynoUp;
import io.procmodel.name.AppName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One decision in the making: a mutable copy of the state, and the acts so far. A fact only enters what it says;
 * {@link #enforceDeadlines} and {@link #reconcile} then draw the consequences, the same ones after every fact. The legal
 * transitions are the table at {@link Phase}. Confined to one call of {@link Supervision#decide}.
 */
final class Draft {
    private final AppName app;
    private final SupervisionPolicy policy;
    private final Instant now;
    private final Map<Long, Instance> instances;
    private final Map<DynoName, Health> health;
    private final List<Act> acts = new ArrayList<>();
    private final Set<DynoName> restarted = new HashSet<>();
    private Target target;
    private boolean closed;
    private long nextId;

    Draft(AppName app, SupervisionPolicy policy, SupervisionState state, Instant now) {
        this.app = app;
        this.policy = policy;
        this.now = now;
        this.instances = new LinkedHashMap<>(state.instances());
        this.health = new LinkedHashMap<>(state.health());
        this.target = state.target();
        this.closed = state.isClosed();
        this.nextId = state.nextId();
    }

    Decision decision() {
        return new Decision(new SupervisionState(target, closed, nextId, instances, health), acts);
    }

    // What the facts say.

    void target(Target next) {
        if (closed) {
            return;
        }
        boolean newRelease = next.release() != target.release();
        target = next;
        health.keySet().removeIf(name -> !target.wants(name));
        if (newRelease) {
            forgive(name -> true);
        }
    }

    void restart(Predicate<DynoName> which) {
        forgive(which);
        for (Instance instance : active()) {
            if (which.test(instance.name())) {
                replace(instance);
            }
        }
    }

    void close() {
        closed = true;
    }

    void spawned(long id) {
        Instance instance = instances.get(id);
        if (instance == null) {
            return;
        }
        if (instance.phase() == Phase.CANCELLED) {
            terminate(instance);
        } else if (instance.phase() == Phase.SPAWNING && instance.process().web()) {
            move(instance, Phase.STARTING, policy.bootTimeout());
        } else if (instance.phase() == Phase.SPAWNING) {
            up(instance);
        }
    }

    void portOpened(long id) {
        Instance instance = instances.get(id);
        if (instance != null && instance.phase() == Phase.STARTING) {
            up(instance);
        }
    }

    void spawnFailed(long id, String reason) {
        Instance instance = instances.remove(id);
        if (instance == null) {
            return;
        }
        say(instance.name(), "Error R99 (Platform error) -> Failed to launch the dyno: " + reason);
        over(instance, new Exit.NotStarted(reason));
    }

    void ended(long id, Exit exit) {
        Instance instance = instances.remove(id);
        if (instance == null) {
            return;
        }
        say(instance.name(), "Process exited with status " + exit.status());
        over(instance, exit);
    }

    // What follows from them.

    void enforceDeadlines() {
        for (Instance instance : List.copyOf(instances.values())) {
            if (instance.overdue(now)) {
                overdue(instance);
            }
        }
    }

    void reconcile() {
        for (Instance instance : active()) {
            if (!wanted(instance.name())) {
                stop(instance);
            } else if (instance.release() != target.release()) {
                replace(instance);
            }
        }
        if (!closed) {
            startMissing();
        }
    }

    private void startMissing() {
        Set<DynoName> present = new HashSet<>();
        active().forEach(instance -> present.add(instance.name()));
        for (DynoName name : target.names()) {
            Health record = health.get(name);
            boolean paused = record != null
                    && record.nextStart() != null
                    && record.nextStart().isAfter(now);
            if (!present.contains(name) && !paused) {
                spawn(name, record);
            }
        }
    }

    private void spawn(DynoName name, @Nullable Health record) {
        Target.ProcessTarget process = target.process(name).orElseThrow();
        if (!restarted.contains(name)) {
            boolean crashed = record != null && record.crashed();
            say(name, "State changed from " + (crashed ? "crashed" : "created") + " to starting");
        }
        say(name, "Starting process with command `" + process.command() + "`");
        Instance instance = new Instance(nextId++, name, target.release(), process, Phase.SPAWNING, now, null);
        instances.put(instance.id(), instance);
        health.computeIfPresent(name, (ignored, before) -> before.started());
        tell(new DynoStarting(app, name, instance.release(), now));
        acts.add(new Act.Spawn(instance.id(), name, instance.release(), process));
    }

    private void up(Instance instance) {
        move(instance, Phase.UP, null);
        say(instance.name(), "State changed from starting to up");
        tell(new DynoUp(app, instance.name(), instance.release(), now));
    }

    private void replace(Instance instance) {
        if (wanted(instance.name())) {
            restarted.add(instance.name());
            say(instance.name(), "Restarting");
            say(instance.name(), "State changed from " + instance.phase().state() + " to starting");
        }
        stop(instance);
    }

    private void stop(Instance instance) {
        switch (instance.phase()) {
            case SPAWNING -> move(instance, Phase.CANCELLED, null);
            case STARTING, UP -> terminate(instance);
            case FAILING -> move(instance, Phase.STOPPING, null);
            case CANCELLED, STOPPING -> {}
        }
        tell(new DynoStopping(app, instance.name(), now));
    }

    private void terminate(Instance instance) {
        say(instance.name(), "Stopping all processes with SIGTERM");
        move(instance, Phase.STOPPING, policy.stopGrace());
        acts.add(new Act.Terminate(instance.id()));
    }

    private void overdue(Instance instance) {
        if (instance.phase() == Phase.STARTING) {
            say(
                    instance.name(),
                    "Error R10 (Boot timeout) -> Web process failed to bind to $PORT within "
                            + policy.bootTimeout().toSeconds() + " seconds of launch");
            say(instance.name(), "Stopping process with SIGKILL");
            move(instance, Phase.FAILING, null);
        } else {
            say(
                    instance.name(),
                    "Error R12 (Exit timeout) -> At least one process failed to exit within "
                            + policy.stopGrace().toSeconds() + " seconds of SIGTERM");
            say(instance.name(), "Stopping remaining processes with SIGKILL");
            instances.put(instance.id(), instance.withoutDeadline());
        }
        acts.add(new Act.Kill(instance.id()));
    }

    private void over(Instance instance, Exit exit) {
        if (instance.phase().active()) {
            crash(instance, exit);
        } else {
            tell(new DynoStopped(app, instance.name(), exit, now));
        }
    }

    private void crash(Instance instance, Exit exit) {
        DynoName name = instance.name();
        say(name, "State changed from " + instance.phase().state() + " to crashed");
        Health before = health.get(name);
        int crashes = before == null || wasHealthy(instance) ? 1 : before.crashes() + 1;
        Instant nextStart = now.plus(policy.restarts().pauseAfter(crashes));
        health.put(name, new Health(crashes, exit, now, nextStart));
        tell(new DynoCrashed(app, name, exit, crashes, nextStart, now));
    }

    private boolean wasHealthy(Instance instance) {
        return instance.phase() == Phase.UP
                && !instance.since().plus(policy.restarts().resetAfter()).isAfter(now);
    }

    private void forgive(Predicate<DynoName> which) {
        health.replaceAll((name, record) -> which.test(name) && record.crashed() ? record.forgiven(now) : record);
        health.entrySet()
                .removeIf(
                        entry -> which.test(entry.getKey()) && !entry.getValue().crashed());
    }

    private boolean wanted(DynoName name) {
        return !closed && target.wants(name);
    }

    /** The active instances, highest numbers first: the order of stopping (DYN-50). */
    private List<Instance> active() {
        return instances.values().stream()
                .filter(instance -> instance.phase().active())
                .sorted(Comparator.comparing(Instance::name).reversed())
                .toList();
    }

    private void move(Instance instance, Phase phase, @Nullable Duration limit) {
        instances.put(instance.id(), instance.to(phase, now, limit == null ? null : now.plus(limit)));
    }

    private void say(DynoName name, String text) {
        acts.add(new Act.Say(name, text));
    }

    private void tell(DynoEvent event) {
        acts.add(new Act.Tell(event));
    }
}
