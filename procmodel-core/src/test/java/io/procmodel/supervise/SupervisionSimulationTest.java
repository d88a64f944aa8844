package io.procmodel.supervise;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.event.DynoCrashed;
import io.procmodel.event.PlatformEvent;
import io.procmodel.formation.DynoSize;
import io.procmodel.name.AppName;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.RestartPolicy;
import io.procmodel.policy.Rollout;
import io.procmodel.policy.SleepPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random histories of an app, with what must always hold checked after every step. A failure names its seed; run it alone
 * with {@code -Dprocmodel.simulation.seed=SEED}, or more of them with {@code -Dprocmodel.simulation.count=1000000}.
 */
class SupervisionSimulationTest {
    private static final int COUNT = Integer.getInteger("procmodel.simulation.count", 2_000);
    private static final long FIRST_SEED = Long.getLong("procmodel.simulation.from", 0);
    private static final long ONLY_SEED = Long.getLong("procmodel.simulation.seed", -1);
    private static final int STEPS = 60;

    @Test
    void whatMustAlwaysHoldHoldsInRandomHistories() {
        if (ONLY_SEED >= 0) {
            new History(ONLY_SEED).run();
            return;
        }
        for (long seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
            try {
                new History(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + seed + " (-Dprocmodel.simulation.seed=" + seed + "): " + e.getMessage(), e);
            }
        }
    }

    /** One app, its scripted runtime and its clock. */
    private static final class History {
        private static final List<Rollout> ROLLOUTS = List.of(
                Rollout.RESTART,
                Rollout.PREBOOT,
                Rollout.rolling(1),
                Rollout.rolling(3),
                Rollout.rolling(2, Duration.ofSeconds(10)));
        private static final List<SleepPolicy> SLEEPS = List.of(
                SleepPolicy.NEVER,
                SleepPolicy.afterIdle(Duration.ofSeconds(15)),
                SleepPolicy.afterIdle(Duration.ofSeconds(15)).andWorkers());
        private static final List<String> TYPES = List.of("web", "worker");

        private final SplittableRandom random;
        private final AppPolicy policy;
        private final Supervision supervision;
        private final Map<Long, String> processes = new HashMap<>();
        private final Map<Long, Phase> lastPhase = new HashMap<>();
        private final Map<String, Target.ProcessTarget> types = new HashMap<>();
        private SupervisionState state = SupervisionState.INITIAL;
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private int release = 1;
        private final Set<Long> killed = new HashSet<>();
        private final Map<DynoName, DynoCrashed> lastCrash = new HashMap<>();
        private final boolean exponential;
        private int oneOffs;
        private int brokenDeliveries;

        History(long seed) {
            random = new SplittableRandom(seed);
            exponential = random.nextBoolean();
            policy = AppPolicy.HEROKU
                    .rollout(ROLLOUTS.get(random.nextInt(ROLLOUTS.size())))
                    .cycling(random.nextBoolean())
                    .sleep(SLEEPS.get(random.nextInt(SLEEPS.size())))
                    .everyType(type -> type.restarts(
                            exponential
                                    ? RestartPolicy.exponential(
                                            Duration.ofSeconds(1),
                                            2,
                                            Duration.ofMinutes(1),
                                            0.5,
                                            Duration.ofSeconds(30))
                                    : RestartPolicy.heroku()));
            supervision = new Supervision(AppName.of("shop"), policy);
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            close();
        }

        /** The host closes, and what runs may well ignore SIGTERM: every stop must come to an end all the same. */
        private void close() {
            tell(new Fact.Closed());
            for (Long id : List.copyOf(processes.keySet())) {
                if (processes.get(id).equals("spawning")) {
                    processes.put(id, "running");
                    tell(new Fact.Spawned(id));
                }
            }
            Instant patience = now.plus(Duration.ofMinutes(5));
            while (state.nextDeadline().isPresent()) {
                now = state.nextDeadline().get();
                require(now.isBefore(patience), "a stop without an end");
                tell(new Fact.Ticked());
            }
            require(killed.containsAll(processes.keySet()), "who ignores SIGTERM was not killed");
            for (Long id : List.copyOf(processes.keySet())) {
                processes.remove(id);
                tell(new Fact.Ended(id, new Exit.Exited(137)));
            }
            require(state.isStopped(), "something is left after every stop");
        }

        /** After it nothing is done any more; the next host starts from what the files say. */
        private void closeAndReopen() {
            Target target = state.target();
            close();
            for (Fact late : List.of(
                    new Fact.TargetSet(new Target(++release, types)),
                    new Fact.Ticked(),
                    new Fact.WakeAsked(),
                    new Fact.StopAsked(name -> true),
                    runAsked(),
                    new Fact.Ended(1, new Exit.Exited(0)))) {
                require(supervision.decide(state, late, now).acts().isEmpty(), "a closed app acts at " + late);
            }
            state = SupervisionState.INITIAL;
            lastPhase.clear();
            lastCrash.clear();
            killed.clear();
            tell(new Fact.TargetSet(target));
        }

        private void step() {
            switch (random.nextInt(16)) {
                case 0 -> scale();
                case 1 -> deploy();
                case 2 -> tell(new Fact.RestartAsked(name -> name.number() == 1));
                case 3, 4 -> advance();
                case 5 -> anyInstance().ifPresent(id -> tell(new Fact.MemoryMeasured(id, random.nextLong(2L << 30))));
                case 6 -> frontDoor();
                case 7, 8 -> oneOff();
                case 9 -> {
                    if (random.nextInt(8) == 0) {
                        closeAndReopen();
                    }
                }
                default -> runtimeReports();
            }
        }

        private Fact.RunAsked runAsked() {
            DynoName name = new DynoName("run", ++oneOffs);
            Duration limit = random.nextBoolean() ? null : Duration.ofSeconds(1 + random.nextInt(60));
            Target.ProcessTarget process = new Target.ProcessTarget(1, "rake", false, DynoSize.STANDARD_1X);
            return new Fact.RunAsked(name, 1 + random.nextInt(release), process, new OneOff(limit));
        }

        private void oneOff() {
            switch (random.nextInt(4)) {
                case 0, 1 -> tell(runAsked());
                case 2 -> anyInstance().ifPresent(id -> tell(new Fact.ClientGone(id)));
                default -> tell(new Fact.StopAsked(name -> name.number() == oneOffs));
            }
        }

        private void frontDoor() {
            switch (random.nextInt(5)) {
                case 0 -> tell(new Fact.DoorChanged(random.nextBoolean() ? null : Duration.ofSeconds(20)));
                case 1 -> tell(new Fact.WakeAsked());
                case 2 -> tell(new Fact.TrafficMeasured(now.minusSeconds(random.nextInt(60))));
                case 3 -> tell(new Fact.QuotaChanged(random.nextBoolean()));
                default -> anyInstance().ifPresent(id -> tell(new Fact.Drained(id)));
            }
        }

        private void scale() {
            String type = TYPES.get(random.nextInt(TYPES.size()));
            DynoSize size = random.nextInt(4) == 0 ? DynoSize.STANDARD_2X : DynoSize.STANDARD_1X;
            types.put(type, new Target.ProcessTarget(random.nextInt(4), "run", type.equals("web"), size));
            tell(new Fact.TargetSet(new Target(release, types)));
        }

        private void deploy() {
            release++;
            tell(new Fact.TargetSet(new Target(release, types)));
        }

        /** Time goes on, often exactly to the next deadline. */
        private void advance() {
            Instant next = state.nextDeadline().orElse(now);
            now = random.nextBoolean() && next.isAfter(now) ? next : now.plusMillis(random.nextInt(40_000));
            tell(new Fact.Ticked());
            require(
                    state.nextDeadline().map(deadline -> deadline.isAfter(now)).orElse(true),
                    "a deadline is left behind");
        }

        private Optional<Long> anyInstance() {
            List<Long> ids = new ArrayList<>(processes.keySet());
            return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(random.nextInt(ids.size())));
        }

        /** The runtime says what may be true of an instance; sometimes twice, sometimes late. */
        private void runtimeReports() {
            long id = random.nextInt(8) == 0
                    ? random.nextLong(1, 100)
                    : anyInstance().orElse(1L);
            String process = processes.getOrDefault(id, "gone");
            if (process.equals("spawning")) {
                if (random.nextInt(5) == 0) {
                    processes.remove(id);
                    tell(new Fact.SpawnFailed(id, "no memory"));
                } else {
                    processes.put(id, "running");
                    tell(new Fact.Spawned(id));
                }
            } else if (random.nextInt(3) == 0) {
                processes.remove(id);
                tell(new Fact.Ended(id, new Exit.Exited(random.nextInt(3))));
            } else if (process.equals("running")) {
                tell(new Fact.PortOpened(id));
            }
        }

        private void tell(Fact fact) {
            SupervisionState before = state;
            Decision decision = supervision.decide(before, fact, now);
            state = decision.state();
            decision.acts().forEach(act -> check(act, before));
            checkInstances();
        }

        private void check(Act act, SupervisionState before) {
            if (act instanceof Act.Spawn spawn) {
                require(!before.isClosed(), "a start for a closed app");
                require(processes.put(spawn.instance(), "spawning") == null, "an id was used twice");
                if (spawn.oneOff()) {
                    require(!before.hasName(spawn.name()), "a one-off dyno was started twice");
                } else {
                    require(spawn.release() == state.target().release(), "a start of another release");
                }
            } else if (act instanceof Act.Terminate terminate) {
                require("running".equals(processes.get(terminate.instance())), "a signal to nobody");
            } else if (act instanceof Act.Kill kill) {
                require("running".equals(processes.get(kill.instance())), "a SIGKILL to nobody");
                killed.add(kill.instance());
            } else if (act instanceof Act.Tell tell) {
                deliver(tell.event());
            }
        }

        /** Cheaper than an assertion library where a million histories pass by. */
        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new AssertionError(otherwise);
            }
        }

        /** Listeners are outside: one that throws is counted and changes nothing. */
        private void deliver(PlatformEvent event) {
            SupervisionState before = state;
            try {
                listen(event);
            } catch (IllegalStateException e) {
                brokenDeliveries++;
            }
            require(state == before, "a listener changed the state");
        }

        private void listen(PlatformEvent event) {
            if (event instanceof DynoCrashed crash) {
                checkBackOff(crash);
            }
            if (random.nextInt(10) == 0) {
                throw new IllegalStateException("broken listener, " + brokenDeliveries + " times before");
            }
        }

        /** Pauses grow until a release, a restart by hand or a long life starts the count again. */
        private void checkBackOff(DynoCrashed crash) {
            DynoCrashed last = lastCrash.put(crash.dyno(), crash);
            if (crash.crashes() > 1 && last != null) {
                require(crash.crashes() == last.crashes() + 1, "crashes in a row are not counted one by one");
            }
            if (crash.crashes() > 1
                    && last != null
                    && last.nextStart().isPresent()
                    && crash.nextStart().isPresent()) {
                Duration cap = exponential ? Duration.ofSeconds(30) : Duration.ofHours(4);
                Duration before = pause(last);
                require(
                        pause(crash).compareTo(before.compareTo(cap) > 0 ? cap : before) >= 0,
                        "pause after crash " + crash.crashes() + " is shorter than the one before, " + before);
            }
        }

        private static Duration pause(DynoCrashed crash) {
            return Duration.between(crash.at(), crash.nextStart().orElseThrow());
        }

        private void checkInstances() {
            Map<DynoName, Integer> active = new HashMap<>();
            for (Instance instance : state.instances().values()) {
                if (instance.phase().active()) {
                    active.merge(instance.name(), 1, Integer::sum);
                    if (!instance.isOneOff()
                            && (state.isClosed() || !state.target().wants(instance.name()))) {
                        throw new AssertionError(instance.name() + " is not wanted, but " + instance.phase());
                    }
                }
            }
            checkSurge(active);
            state.instances().values().forEach(this::checkPhase);
            lastPhase.keySet().retainAll(state.instances().keySet());
        }

        /** Never more dynos than asked for beyond what the rollout may start beside the old ones. */
        private void checkSurge(Map<DynoName, Integer> active) {
            Map<String, Integer> doubled = new HashMap<>();
            active.forEach((name, count) -> {
                if (count > 2) {
                    throw new AssertionError(count + " instances of " + name);
                }
                if (count == 2) {
                    doubled.merge(name.processType(), 1, Integer::sum);
                }
            });
            doubled.forEach((type, count) -> {
                if (count > surge(type)) {
                    throw new AssertionError(count + " of " + type + " run twice, at most " + surge(type) + " may");
                }
            });
        }

        private int surge(String type) {
            if (policy.rollout() instanceof Rollout.Rolling rolling) {
                return type.equals("run") ? 0 : rolling.atOnce();
            }
            return policy.rollout() instanceof Rollout.Preboot && type.equals("web") ? Integer.MAX_VALUE : 0;
        }

        private void checkPhase(Instance instance) {
            Phase before = lastPhase.put(instance.id(), instance.phase());
            if (!isLegal(before, instance.phase())) {
                throw new AssertionError(instance.name() + ": " + before + " to " + instance.phase());
            }
            if (!processes.containsKey(instance.id())) {
                throw new AssertionError(instance.name() + " has no process and will have none");
            }
        }

        /** The table at {@link Phase}, with several steps in one decision allowed. */
        private static boolean isLegal(Phase from, Phase to) {
            if (from == null) {
                return to == Phase.SPAWNING;
            }
            return from == to
                    || switch (from) {
                        case SPAWNING -> to != Phase.FAILING && to != Phase.OUSTED && to != Phase.EVICTED;
                        case STARTING -> to != Phase.SPAWNING && to != Phase.EVICTED && to != Phase.CANCELLED;
                        case UP -> to == Phase.EVICTED || to == Phase.DRAINING || to == Phase.STOPPING;
                        case FAILING, OUSTED, EVICTED, CANCELLED, DRAINING -> to == Phase.STOPPING;
                        case STOPPING -> false;
                    };
        }
    }
}
