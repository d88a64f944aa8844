package io.procmodel.supervise;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.event.PlatformEvent;
import io.procmodel.formation.DynoSize;
import io.procmodel.name.AppName;
import io.procmodel.policy.AppPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Drives the decision part by hand: time is ticked, dynos are what the test says they are. */
final class SupervisedApp {
    static final AppName SHOP = AppName.of("shop");
    static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final Supervision supervision;
    private final Map<String, Target.ProcessTarget> types = new LinkedHashMap<>();
    private SupervisionState state = SupervisionState.INITIAL;
    private Instant now = START;
    private int release = 1;
    private final List<Act> acts = new ArrayList<>();

    SupervisedApp(AppPolicy policy) {
        this.supervision = new Supervision(SHOP, policy);
    }

    /** Enters a fact and keeps its acts apart from those before. */
    SupervisedApp tell(Fact fact) {
        acts.clear();
        Decision decision = supervision.decide(state, fact, now);
        state = decision.state();
        acts.addAll(decision.acts());
        return this;
    }

    SupervisedApp scale(String type, int quantity) {
        return scale(type, quantity, DynoSize.STANDARD_1X);
    }

    SupervisedApp scale(String type, int quantity, DynoSize size) {
        types.put(type, new Target.ProcessTarget(quantity, "run " + type, type.equals("web"), size));
        return tell(new Fact.TargetSet(new Target(release, types)));
    }

    SupervisedApp release() {
        release++;
        return tell(new Fact.TargetSet(new Target(release, types)));
    }

    /** Lets every instance that is being started come up. */
    SupervisedApp bringUp() {
        List<Act> all = new ArrayList<>();
        for (Instance instance : phase(Phase.SPAWNING)) {
            all.addAll(tell(new Fact.Spawned(instance.id())).acts);
        }
        for (Instance instance : phase(Phase.STARTING)) {
            all.addAll(tell(new Fact.PortOpened(instance.id())).acts);
        }
        acts.clear();
        acts.addAll(all);
        return this;
    }

    SupervisedApp endStopping() {
        for (Instance instance : phase(Phase.STOPPING)) {
            tell(new Fact.Ended(instance.id(), new Exit.Exited(143)));
        }
        return this;
    }

    SupervisedApp crash(String name, int status) {
        return tell(new Fact.Ended(newest(name).id(), new Exit.Exited(status)));
    }

    SupervisedApp pass(Duration time) {
        now = now.plus(time);
        return tell(new Fact.Ticked());
    }

    List<Instance> phase(Phase phase) {
        return state.instances().values().stream()
                .filter(instance -> instance.phase() == phase)
                .toList();
    }

    Instance newest(String name) {
        return state.instances().values().stream()
                .filter(instance -> instance.name().equals(DynoName.parse(name)))
                .reduce((a, b) -> b)
                .orElseThrow(() -> new AssertionError(name + " has no instance"));
    }

    /** What is there, as {@code web.1@2 UP}: name, release and phase. */
    List<String> instances() {
        return state.instances().values().stream()
                .map(instance -> instance.name() + "@" + instance.release() + " " + instance.phase())
                .sorted()
                .toList();
    }

    /** The log lines of the last fact, as {@code web.1: text}. */
    List<String> lines() {
        return all(Act.Say.class).map(say -> say.name() + ": " + say.text()).toList();
    }

    <T extends PlatformEvent> List<T> events(Class<T> type) {
        return all(Act.Tell.class)
                .map(Act.Tell::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    <T extends Act> Stream<T> all(Class<T> type) {
        return acts.stream().filter(type::isInstance).map(type::cast);
    }

    SupervisionState state() {
        return state;
    }

    Instant now() {
        return now;
    }
}
