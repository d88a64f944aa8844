package io.procmodel.supervise;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.DynoState;
import io.procmodel.dyno.Exit;
import io.procmodel.event.DynoCompleted;
import io.procmodel.event.DynoCrashed;
import io.procmodel.event.DynoIdled;
import io.procmodel.event.DynoStarting;
import io.procmodel.event.DynoStopped;
import io.procmodel.event.DynoStopping;
import io.procmodel.event.DynoUnidled;
import io.procmodel.event.DynoUp;
import io.procmodel.event.PlatformEvent;
import io.procmodel.event.RolloutHalted;
import io.procmodel.name.AppName;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.Readiness;
import io.procmodel.policy.RestartPolicy;
import io.procmodel.policy.StopSignal;
import io.procmodel.policy.TypePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One decision in the making: a mutable copy of the state, and the acts so far. A fact only enters what it says;
 * {@link #enforceDeadlines} and {@link #reconcile} then draw the consequences, the same ones after every fact. The legal
 * transitions are the table at {@link Phase}. Confined to one call of {@link Supervision#decide}.
 */
final class Draft {
    private final AppName app;
    private final AppPolicy policy;
    private final Instant now;
    private final Map<Long, Instance> instances;
    private final Map<DynoName, Health> health;
    private final List<Act> acts = new ArrayList<>();
    private final Set<DynoName> restarted = new HashSet<>();
    private Target target;
    private boolean closed;
    private boolean halted;
    private long nextId;
    private Idleness idleness;
    private @Nullable Duration drain;
    private Singles singles;
    private @Nullable Instant settles;

    Draft(AppName app, AppPolicy policy, SupervisionState state, Instant now) {
        this.app = app;
        this.policy = policy;
        this.now = now;
        this.instances = new LinkedHashMap<>(state.instances());
        this.health = new LinkedHashMap<>(state.health());
        this.target = state.target();
        this.closed = state.isClosed();
        this.halted = state.isHalted();
        this.nextId = state.nextId();
        this.idleness = state.idleness();
        this.drain = state.drainLimit();
        this.singles = state.singles();
    }

    Decision decision() {
        return new Decision(
                new SupervisionState(
                        target, closed, halted, nextId, instances, health, idleness, drain, singles, settles),
                acts);
    }

    // What the facts say.

    void target(Target next) {
        if (closed) {
            return;
        }
        boolean newRelease = next.release() != target.release();
        if (newRelease) {
            halted = false;
        }
        if (!next.equals(target) && !idleness.spent()) {
            awaken();
        }
        target = next;
        health.keySet().removeIf(name -> !target.wants(name));
        if (newRelease) {
            forgive(name -> true);
        }
    }

    void restart(Predicate<DynoName> which) {
        halted = false;
        forgive(which);
        wake();
        active().filter(instance -> which.test(instance.name()))
                .forEach(instance -> instances.put(instance.id(), instance.asStale()));
    }

    void run(DynoName name, int release, Target.ProcessTarget process, OneOff oneOff) {
        if (!closed) {
            launch(Instance.spawning(nextId++, name, release, process, now).once(oneOff));
        }
    }

    void stopOneOffs(Predicate<DynoName> which) {
        oneOffs().filter(instance -> which.test(instance.name())).forEach(this::stop);
    }

    void close() {
        closed = true;
    }

    void lease(String type, boolean held) {
        singles = singles.with(type, held);
    }

    void ordinary(String type) {
        singles = singles.without(type);
    }

    void door(@Nullable Duration limit) {
        drain = limit;
    }

    void drained(long id) {
        Instance instance = instances.get(id);
        if (instance != null && instance.phase() == Phase.DRAINING) {
            terminate(instance);
        }
    }

    void wake() {
        idleness = idleness.traffic(now);
        if (!closed && !idleness.spent()) {
            awaken();
        }
    }

    void trafficMeasured(Instant last) {
        sleeper().answered(last);
    }

    /** A new month wakes everything: an app of workers only would sleep for ever otherwise. */
    void quota(boolean spent) {
        idleness = idleness.spent(spent);
        if (!spent) {
            awaken();
        }
    }

    private Sleeper sleeper() {
        return new Sleeper(this, policy.sleep(), now);
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
        unstarted(id, "Error R99 (Platform error) -> Failed to launch the dyno: " + reason, reason);
    }

    /** The missing "not" in the log line is Heroku's. */
    void checksumFailed(long id, String expected, String actual) {
        String difference = "Expected: SHA256:" + expected + " Actual: SHA256:" + actual;
        unstarted(
                id,
                "Error R17 (Checksum error) -> Checksum does match expected value. " + difference,
                "the slug does not match its checksum. " + difference);
    }

    void memoryMeasured(long id, long bytes) {
        Instance instance = instances.get(id);
        if (instance != null && (instance.isUp() || instance.phase() == Phase.STARTING)) {
            new MemoryQuota(instance.process().size().memory().bytes(), bytes).judge(this, instance, now);
        }
    }

    void clientGone(long id) {
        Instance instance = instances.get(id);
        if (instance != null) {
            Hangup.begin(this, instance, now);
        }
    }

    void ended(long id, Exit exit) {
        Instance instance = instances.remove(id);
        if (instance != null) {
            say(instance, "Process exited with status " + exit.status());
            over(instance, exit);
        }
    }

    private void unstarted(long id, String line, String reason) {
        Instance instance = instances.remove(id);
        if (instance != null) {
            say(instance, line);
            over(instance, new Exit.NotStarted(reason));
        }
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
        if (!closed) {
            sleeper().consider();
        }
        active().filter(instance -> !wanted(instance.name())).forEach(this::stop);
        endNeedlessDrains();
        if (closed) {
            oneOffs().forEach(this::stop);
        } else {
            replacement().proceed();
            startMissing();
        }
        settles = closed ? null : replacement().nextSettled().orElse(null);
    }

    private Replacement replacement() {
        return new Replacement(this, policy.rollout(), now);
    }

    private void endNeedlessDrains() {
        if (closed || drain == null) {
            List.copyOf(instances.values()).stream()
                    .filter(instance -> instance.phase() == Phase.DRAINING)
                    .forEach(this::terminate);
        }
    }

    private void startMissing() {
        Set<DynoName> present = new HashSet<>();
        Stream.concat(active(), oneOffs()).forEach(instance -> present.add(instance.name()));
        instances.values().stream()
                .map(Instance::name)
                .filter(singles::isSingle)
                .forEach(present::add);
        for (DynoName name : target.names()) {
            Health record = health.get(name);
            if (!present.contains(name) && wanted(name) && (record == null || !record.keepsDown(now))) {
                spawn(name);
            }
        }
    }

    void spawn(DynoName name) {
        Target.ProcessTarget process = target.process(name).orElseThrow();
        Instance instance = Instance.spawning(nextId++, name, target.release(), process, now);
        if (!restarted.contains(name)) {
            Health record = health.get(name);
            boolean crashed = record != null && record.crashed();
            say(instance, "State changed from " + (crashed ? "crashed" : "created") + " to starting");
        }
        health.computeIfPresent(name, (ignored, before) -> before.started());
        launch(instance);
    }

    private void launch(Instance instance) {
        Target.ProcessTarget process = instance.process();
        say(instance, "Starting process with command `" + process.command() + "`");
        instances.put(instance.id(), instance);
        tell(new DynoStarting(app, instance.name(), instance.release(), now));
        acts.add(new Act.Spawn(instance.id(), instance.name(), instance.release(), process, instance.isOneOff()));
    }

    private void up(Instance instance) {
        Instance up = moved(instance, Phase.UP, lifetime(instance));
        put(up);
        say(up, "State changed from starting to up");
        tell(new DynoUp(app, up.name(), up.release(), now));
        Hangup.catchUp(this, up, now);
    }

    private @Nullable Duration lifetime(Instance instance) {
        Duration day = policy.cycling() ? DailyCycle.lengthFor(instance) : null;
        Duration own = instance.oneOff() == null ? null : instance.oneOff().timeToLive();
        return own == null || (day != null && day.compareTo(own) < 0) ? day : own;
    }

    /** Stops an instance whose name goes on: Heroku's lines of a restart (DYN-35). */
    void replace(Instance instance) {
        restarted.add(instance.name());
        say(instance, "Restarting");
        say(instance, "State changed from " + instance.phase().state() + " to starting");
        stop(instance);
    }

    void stop(Instance instance) {
        switch (instance.phase()) {
            case SPAWNING -> move(instance, Phase.CANCELLED, null);
            case STARTING -> terminate(instance);
            case UP -> drainOrTerminate(instance);
            case FAILING, OUSTED, EVICTED -> move(instance, Phase.STOPPING, null);
            case CANCELLED, DRAINING, STOPPING -> {}
        }
        tell(new DynoStopping(app, instance.name(), now));
    }

    private void drainOrTerminate(Instance instance) {
        if (drain == null || closed || !instance.process().web() || singles.isSingle(instance.name())) {
            terminate(instance);
        } else {
            move(instance, Phase.DRAINING, drain);
            acts.add(new Act.Drain(instance.id()));
        }
    }

    private void terminate(Instance instance) {
        TypePolicy type = policy.of(instance.name().processType());
        StopSignal signal = type.stopSignal();
        say(instance, "Stopping all processes with " + signal);
        move(instance, Phase.STOPPING, type.stopGrace());
        acts.add(new Act.Terminate(instance.id(), signal));
    }

    private void overdue(Instance instance) {
        switch (instance.phase()) {
            case STARTING -> failToBoot(instance);
            case DRAINING -> terminate(instance);
            case STOPPING -> killAtLast(instance);
            case UP -> endLifetime(instance);
            case SPAWNING, FAILING, OUSTED, EVICTED, CANCELLED -> {}
        }
    }

    void endLifetime(Instance instance) {
        if (instance.hangup() != null && !instance.hangup().isOver()) {
            instance.hangup().proceed(this, instance, now);
            return;
        }
        if (policy.cycling()
                && !instance.since().plus(DailyCycle.lengthFor(instance)).isAfter(now)) {
            say(instance, "Cycling");
        }
        if (instance.isOneOff()) {
            stop(instance);
        } else {
            instances.put(instance.id(), instance.asStale());
        }
    }

    private void failToBoot(Instance instance) {
        say(
                instance,
                "Error R10 (Boot timeout) -> Web process failed to bind to $PORT within "
                        + policy.bootTimeout().toSeconds() + " seconds of launch");
        Readiness readiness = policy.of(instance.name().processType()).readiness();
        if (!readiness.equals(Readiness.PORT)) {
            say(instance, "Waited for an open $PORT and for " + readiness);
        }
        kill(instance, "Stopping process with SIGKILL", Phase.FAILING);
    }

    private void killAtLast(Instance instance) {
        TypePolicy type = policy.of(instance.name().processType());
        say(
                instance,
                "Error R12 (Exit timeout) -> At least one process failed to exit within "
                        + type.stopGrace().toSeconds() + " seconds of " + type.stopSignal());
        say(instance, "Stopping remaining processes with SIGKILL");
        instances.put(instance.id(), instance.withoutDeadline());
        acts.add(new Act.Kill(instance.id()));
    }

    void kill(Instance instance, String line, Phase phase) {
        say(instance, line);
        move(instance, phase, null);
        acts.add(new Act.Kill(instance.id()));
    }

    private void over(Instance instance, Exit exit) {
        if (instance.isOneOff()) {
            complete(instance, exit);
        } else if (instance.phase().active()) {
            crash(instance, exit);
        } else {
            tell(new DynoStopped(app, instance.name(), exit, now));
        }
    }

    private void complete(Instance instance, Exit exit) {
        boolean ran = instance.phase() != Phase.SPAWNING && instance.phase() != Phase.CANCELLED;
        say(instance, "State changed from " + (ran ? DynoState.UP : DynoState.STARTING) + " to complete");
        tell(new DynoCompleted(app, instance.name(), exit, now));
    }

    private void crash(Instance instance, Exit exit) {
        DynoName name = instance.name();
        say(instance, "State changed from " + instance.phase().state() + " to crashed");
        RestartPolicy restarts = new HostRestarts(
                policy.of(name.processType()).restarts(),
                e -> say(instance, "Error R99 (Platform error) -> The restart policy failed: " + e));
        Health before = health.get(name);
        int crashes = before == null || wasHealthy(instance, restarts) ? 1 : before.crashes() + 1;
        boolean down = active().noneMatch(other -> other.name().equals(name));
        Optional<Instant> nextStart = down
                ? restarts.pauseAfter(new RestartPolicy.Crash(crashes, exit, Spread.of(name, crashes)))
                        .map(pause -> Moments.after(now, pause))
                : Optional.empty();
        health.put(name, new Health(crashes, exit, now, down, nextStart.orElse(null)));
        tell(new DynoCrashed(app, name, exit, crashes, nextStart, now));
        if (replacement().isFailedSuccessor(instance, wasHealthy(instance, restarts))) {
            halt(instance, exit);
        }
    }

    private boolean wasHealthy(Instance instance, RestartPolicy restarts) {
        return (instance.isUp() || instance.phase() == Phase.EVICTED)
                && !Moments.after(instance.since(), restarts.resetAfter()).isAfter(now);
    }

    private void halt(Instance failed, Exit exit) {
        halted = true;
        String reason = switch (failed.phase()) {
            case FAILING -> "R10: not ready within " + policy.bootTimeout().toSeconds() + " seconds of launch";
            case OUSTED, EVICTED -> "R15: far more memory than its size has";
            case UP -> exit + " soon after it was up";
            default -> exit + " before it was up";
        };
        tell(new RolloutHalted(app, failed.name(), target.release(), exit, reason, now));
    }

    private void forgive(Predicate<DynoName> which) {
        health.entrySet()
                .removeIf(
                        entry -> which.test(entry.getKey()) && !entry.getValue().crashed());
        health.replaceAll((name, record) -> which.test(name) ? record.forgiven(now) : record);
    }

    // What the helpers of a decision may look at and do.

    boolean isSingle(DynoName name) {
        return singles.isSingle(name);
    }

    boolean isHalted() {
        return halted;
    }

    boolean isCurrent(Instance instance) {
        return !instance.stale() && target.matches(instance);
    }

    boolean isWeb(DynoName name) {
        return target.process(name).map(Target.ProcessTarget::web).orElse(false);
    }

    Idleness idleness() {
        return idleness;
    }

    void idleness(Idleness next) {
        idleness = next;
    }

    int webQuantity() {
        return target.webQuantity();
    }

    List<DynoName> targetNames() {
        return target.names();
    }

    void measureTraffic() {
        acts.add(new Act.MeasureTraffic());
    }

    /** Puts dynos to sleep, beside those that sleep already: Heroku's lines (DYN-86). */
    void sleep(Set<DynoName> names) {
        active().filter(instance -> names.contains(instance.name())).forEach(instance -> {
            say(instance, "Idling");
            say(instance, "State changed from " + instance.phase().state() + " to down");
        });
        names.stream().sorted().forEach(name -> tell(new DynoIdled(app, name, now)));
        Set<DynoName> all = new HashSet<>(idleness.sleeping());
        all.addAll(names);
        idleness = idleness.sleeping(all);
    }

    private void awaken() {
        idleness.sleeping().stream().sorted().forEach(name -> {
            acts.add(new Act.Say(name, "Unidling"));
            acts.add(new Act.Say(name, "State changed from down to starting"));
            restarted.add(name);
            tell(new DynoUnidled(app, name, now));
        });
        idleness = idleness.sleeping(Set.of());
    }

    /** The active instances of the formation, highest numbers first: the order of stopping (DYN-50). */
    Stream<Instance> active() {
        return List.copyOf(instances.values()).stream()
                .filter(instance -> instance.phase().active() && !instance.isOneOff())
                .sorted(Comparator.comparing(Instance::name).reversed());
    }

    private Stream<Instance> oneOffs() {
        return List.copyOf(instances.values()).stream()
                .filter(instance -> instance.phase().active() && instance.isOneOff());
    }

    void warn(Instance instance) {
        instances.put(instance.id(), instance.warnedAt(now));
    }

    void put(Instance instance) {
        instances.put(instance.id(), instance);
    }

    void signal(Instance instance, StopSignal signal) {
        acts.add(new Act.Terminate(instance.id(), signal));
    }

    void say(Instance instance, String text) {
        acts.add(new Act.Say(instance.name(), text));
    }

    private boolean wanted(DynoName name) {
        return !closed
                && target.wants(name)
                && singles.mayRun(name)
                && !idleness.sleeping().contains(name);
    }

    private void move(Instance instance, Phase phase, @Nullable Duration limit) {
        put(moved(instance, phase, limit));
    }

    private Instance moved(Instance instance, Phase phase, @Nullable Duration limit) {
        return instance.to(phase, now, limit == null ? null : Moments.after(now, limit));
    }

    private void tell(PlatformEvent event) {
        acts.add(new Act.Tell(event));
    }
}
