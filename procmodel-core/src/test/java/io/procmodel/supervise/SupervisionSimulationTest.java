package io.procmodel.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random histories of an app, with what must always hold checked after every step. A failure names its seed; run it alone
 * with {@code -Dprocmodel.simulation.seed=SEED}, or more of them with {@code -Dprocmodel.simulation.count=1000000}.
 */
class SupervisionSimulationTest {
    private static final int COUNT = Integer.getInteger("procmodel.simulation.count", 5_000);
    private static final long ONLY_SEED = Long.getLong("procmodel.simulation.seed", -1);
    private static final int STEPS = 60;

    @Test
    void whatMustAlwaysHoldHoldsInRandomHistories() {
        if (ONLY_SEED >= 0) {
            new History(ONLY_SEED).run();
            return;
        }
        for (long seed = 0; seed < COUNT; seed++) {
            try {
                new History(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** One app, its scripted runtime and its clock. */
    private static final class History {
        private static final List<Rollout> ROLLOUTS =
                List.of(Rollout.RESTART, Rollout.PREBOOT, Rollout.rolling(1), Rollout.rolling(3));
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

        History(long seed) {
            random = new SplittableRandom(seed);
            policy = AppPolicy.HEROKU
                    .rollout(ROLLOUTS.get(random.nextInt(ROLLOUTS.size())))
                    .cycling(random.nextBoolean())
                    .sleep(SLEEPS.get(random.nextInt(SLEEPS.size())))
                    .everyType(type -> type.restarts(
                            random.nextBoolean()
                                    ? RestartPolicy.heroku()
                                    : RestartPolicy.exponential(
                                            Duration.ofSeconds(1),
                                            2,
                                            Duration.ofMinutes(1),
                                            0.5,
                                            Duration.ofSeconds(30))));
            supervision = new Supervision(AppName.of("shop"), policy);
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            tell(new Fact.Closed());
            endEverything();
            assertThat(state.isStopped()).as("every stop ends").isTrue();
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0 -> scale();
                case 1 -> deploy();
                case 2 -> tell(new Fact.RestartAsked(name -> name.number() == 1));
                case 3, 4 -> advance();
                case 5 -> anyInstance().ifPresent(id -> tell(new Fact.MemoryMeasured(id, random.nextLong(2L << 30))));
                case 6 -> frontDoor();
                default -> runtimeReports();
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
            state.nextDeadline()
                    .ifPresent(deadline -> assertThat(deadline)
                            .as("a tick leaves no deadline behind")
                            .isAfter(now));
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

        private void endEverything() {
            for (Long id : List.copyOf(processes.keySet())) {
                if (processes.get(id).equals("spawning")) {
                    processes.put(id, "running");
                    tell(new Fact.Spawned(id));
                }
                tell(new Fact.Ended(id, new Exit.Exited(143)));
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
                assertThat(before.isClosed()).as("no start for a closed app").isFalse();
                assertThat(processes.put(spawn.instance(), "spawning"))
                        .as("an id is used once")
                        .isNull();
                assertThat(spawn.release()).isEqualTo(state.target().release());
            } else if (act instanceof Act.Terminate terminate) {
                assertThat(processes).containsEntry(terminate.instance(), "running");
            } else if (act instanceof Act.Kill kill) {
                assertThat(processes).containsEntry(kill.instance(), "running");
            }
        }

        private void checkInstances() {
            Map<DynoName, Long> activeByName = state.instances().values().stream()
                    .filter(instance -> instance.phase().active())
                    .collect(Collectors.groupingBy(Instance::name, Collectors.counting()));
            boolean surge = !(policy.rollout() instanceof Rollout.Restart);
            activeByName.forEach((name, count) -> {
                assertThat(count).as("instances of " + name).isLessThanOrEqualTo(surge ? 2 : 1);
                assertThat(state.target().wants(name) && !state.isClosed())
                        .as(name + " is wanted")
                        .isTrue();
            });
            state.instances().values().forEach(this::checkPhase);
            lastPhase.keySet().retainAll(state.instances().keySet());
        }

        private void checkPhase(Instance instance) {
            Phase before = lastPhase.put(instance.id(), instance.phase());
            assertThat(isLegal(before, instance.phase()))
                    .as(before + " to " + instance.phase())
                    .isTrue();
            assertThat(processes).as("an instance has a process, or will").containsKey(instance.id());
        }

        /** The table at {@link Phase}, with several steps in one decision allowed. */
        private static boolean isLegal(Phase from, Phase to) {
            if (from == null) {
                return to == Phase.SPAWNING;
            }
            return from == to
                    || switch (from) {
                        case SPAWNING -> to != Phase.FAILING && to != Phase.EVICTED;
                        case STARTING ->
                            to == Phase.UP || to == Phase.FAILING || to == Phase.DRAINING || to == Phase.STOPPING;
                        case UP -> to == Phase.EVICTED || to == Phase.DRAINING || to == Phase.STOPPING;
                        case FAILING, EVICTED, CANCELLED, DRAINING -> to == Phase.STOPPING;
                        case STOPPING -> false;
                    };
        }
    }
}
