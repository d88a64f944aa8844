package io.procmodel.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.dyno.Exit;
import io.procmodel.event.DynoCrashed;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.RestartPolicy;
import io.procmodel.policy.SleepPolicy;
import io.procmodel.policy.TypePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Policies as hosts may write them: each crash, start and stop is decided about all the same. */
class HostPolicyTest {
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private static SupervisedApp app(UnaryOperator<TypePolicy> change) {
        return new SupervisedApp(AppPolicy.HEROKU.everyType(change));
    }

    /** A policy with one answer, right or wrong. */
    private record Answer(Duration pause, Duration resetAfter) implements RestartPolicy {
        @Override
        public Optional<Duration> pauseAfter(Crash crash) {
            return Optional.of(pause);
        }
    }

    @Test
    void aRestartPolicyThatThrowsIsStoodInForByHerokus() {
        SupervisedApp app = app(type -> type.restarts(new RestartPolicy() {
            @Override
            public Optional<Duration> pauseAfter(Crash crash) {
                throw new IllegalStateException("policy of the test");
            }

            @Override
            public Duration resetAfter() {
                throw new IllegalStateException("policy of the test");
            }
        }));
        app.scale("worker", 1).bringUp();

        app.crash("worker.1", 1);
        assertThat(app.lines())
                .containsOnlyOnce("worker.1: Error R99 (Platform error) -> The restart policy failed:"
                        + " java.lang.IllegalStateException: policy of the test");
        assertThat(app.events(DynoCrashed.class)).hasSize(1);
        assertThat(app.instances()).as("the first crash: at once").containsExactly("worker.1@1 SPAWNING");
        app.bringUp().crash("worker.1", 1);
        assertThat(app.instances()).as("the second: a cool-off").isEmpty();
        assertThat(app.pass(Duration.ofMinutes(20)).instances()).containsExactly("worker.1@1 SPAWNING");
    }

    @Test
    void aPauseBelowZeroIsNone() {
        SupervisedApp app = app(type -> type.restarts(new Answer(Duration.ofDays(-1), Duration.ZERO)));
        app.scale("worker", 1).bringUp().crash("worker.1", 1);

        assertThat(app.events(DynoCrashed.class).get(0).nextStart()).contains(app.now());
        assertThat(app.instances()).containsExactly("worker.1@1 SPAWNING");
    }

    @Test
    void aPauseForEverLeavesTheDynoDown() {
        SupervisedApp app = app(type -> type.restarts(new Answer(FOR_EVER, FOR_EVER)));
        app.scale("worker", 1).bringUp().crash("worker.1", 1);

        assertThat(app.events(DynoCrashed.class).get(0).nextStart()).contains(Instant.MAX);
        assertThat(app.pass(Duration.ofDays(10_000)).instances()).isEmpty();
        assertThat(app.tell(new Fact.RestartAsked(name -> true)).instances()).containsExactly("worker.1@1 SPAWNING");
    }

    @Test
    void exponentialPausesMayGrowForEver() {
        RestartPolicy growing = RestartPolicy.exponential(FOR_EVER, 2, FOR_EVER, 0, Duration.ZERO);
        assertThat(growing.pauseAfter(new RestartPolicy.Crash(5_000, new Exit.Exited(1), 0)))
                .hasValueSatisfying(pause -> assertThat(pause).isGreaterThan(Duration.ofDays(36_500)));
    }

    @Test
    void endlessTimesAreNoLimits() {
        AppPolicy endless = AppPolicy.HEROKU
                .bootTimeout(FOR_EVER)
                .sleep(SleepPolicy.afterIdle(FOR_EVER))
                .everyType(type -> type.stopGrace(FOR_EVER));
        SupervisedApp app = new SupervisedApp(endless).scale("web", 1);
        app.tell(new Fact.Spawned(app.newest("web.1").id()));
        assertThat(app.pass(Duration.ofDays(10_000)).instances()).containsExactly("web.1@1 STARTING");
        app.tell(new Fact.PortOpened(app.newest("web.1").id()));
        app.tell(new Fact.WakeAsked());
        assertThat(app.pass(Duration.ofDays(10_000)).instances()).containsExactly("web.1@1 UP");
        app.scale("web", 0);
        assertThat(app.pass(Duration.ofDays(10_000)).instances()).containsExactly("web.1@1 STOPPING");
    }
}
