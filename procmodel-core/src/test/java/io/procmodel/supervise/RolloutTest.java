package io.procmodel.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.event.RolloutHalted;
import io.procmodel.formation.DynoSize;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.Rollout;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private static SupervisedApp app(Rollout rollout) {
        return new SupervisedApp(AppPolicy.HEROKU.rollout(rollout));
    }

    /** DYN-34: the successor starts as soon as the old one has been sent SIGTERM. */
    @Test
    void restartStopsTheOldAndStartsTheNewAtOnce() {
        SupervisedApp app = app(Rollout.RESTART).scale("web", 2).bringUp().release();

        assertThat(app.instances())
                .containsExactly("web.1@1 STOPPING", "web.1@2 SPAWNING", "web.2@1 STOPPING", "web.2@2 SPAWNING");
        assertThat(app.lines())
                .containsSubsequence(
                        "web.1: Restarting",
                        "web.1: State changed from up to starting",
                        "web.1: Stopping all processes with SIGTERM",
                        "web.1: Starting process with command `run web`");
    }

    @Test
    void rollingReplacesOneAtATimeAndKeepsTheOldUntilTheNewIsUp() {
        SupervisedApp app = app(Rollout.rolling(1)).scale("worker", 3).bringUp().release();
        assertThat(app.instances())
                .containsExactly("worker.1@1 UP", "worker.1@2 SPAWNING", "worker.2@1 UP", "worker.3@1 UP");

        app.bringUp();
        assertThat(app.instances())
                .containsExactly(
                        "worker.1@1 STOPPING",
                        "worker.1@2 UP",
                        "worker.2@1 UP",
                        "worker.2@2 SPAWNING",
                        "worker.3@1 UP");

        app.endStopping().bringUp().endStopping().bringUp().endStopping();
        assertThat(app.instances()).containsExactly("worker.1@2 UP", "worker.2@2 UP", "worker.3@2 UP");
        assertThat(app.state().isUp()).isTrue();
    }

    @Test
    void rollingTakesAsManyAtOnceAsAsked() {
        SupervisedApp app = app(Rollout.rolling(2)).scale("worker", 3).bringUp().release();

        assertThat(app.phase(Phase.SPAWNING)).hasSize(2);
        assertThat(app.phase(Phase.UP)).hasSize(3);
    }

    /** PIPE-24, with a check instead of three minutes. */
    @Test
    void prebootSwitchesOnlyWhenEveryNewWebDynoIsUp() {
        SupervisedApp app = app(Rollout.PREBOOT).scale("web", 2).bringUp().release();
        assertThat(app.instances()).containsExactly("web.1@1 UP", "web.1@2 SPAWNING", "web.2@1 UP", "web.2@2 SPAWNING");

        long first = app.newest("web.1").id();
        app.tell(new Fact.Spawned(first)).tell(new Fact.PortOpened(first));
        assertThat(app.phase(Phase.STOPPING)).isEmpty();

        app.bringUp();
        assertThat(app.instances()).containsExactly("web.1@1 STOPPING", "web.1@2 UP", "web.2@1 STOPPING", "web.2@2 UP");
    }

    /** PIPE-27. */
    @Test
    void prebootIsForWebOnly() {
        SupervisedApp app = app(Rollout.PREBOOT).scale("worker", 1).bringUp().release();

        assertThat(app.instances()).containsExactly("worker.1@1 STOPPING", "worker.1@2 SPAWNING");
    }

    @Test
    void aBadReleaseStopsTheRolloutAndKeepsTheOldDynos() {
        SupervisedApp app = app(Rollout.rolling(1)).scale("web", 3).bringUp().release();
        app.crash("web.1", 1);

        assertThat(app.events(RolloutHalted.class)).singleElement().satisfies(event -> {
            assertThat(event.release()).isEqualTo(2);
            assertThat(event.dyno()).hasToString("web.1");
            assertThat(event.exit().status()).isEqualTo(1);
            assertThat(event.reason()).isEqualTo("exit status 1 before it was up");
        });
        assertThat(app.instances()).containsExactly("web.1@1 UP", "web.2@1 UP", "web.3@1 UP");
        assertThat(app.pass(Duration.ofDays(1)).instances()).containsExactly("web.1@1 UP", "web.2@1 UP", "web.3@1 UP");
        assertThat(app.state().isHalted()).isTrue();
        assertThat(app.state().isUp()).isFalse();
    }

    /** A worker is up when it has started, and may end a moment later. */
    @Test
    void aBadReleaseOfWorkersStopsTheRolloutWhileOldOnesAreThere() {
        SupervisedApp app = app(Rollout.rolling(1)).scale("worker", 3).bringUp().release();
        app.bringUp();
        app.crash("worker.1", 1);

        assertThat(app.events(RolloutHalted.class))
                .singleElement()
                .satisfies(halted -> assertThat(halted.reason()).isEqualTo("exit status 1 soon after it was up"));
        app.endStopping();
        assertThat(app.instances()).contains("worker.2@1 UP", "worker.3@1 UP");
        assertThat(app.pass(Duration.ofDays(1)).instances()).contains("worker.2@1 UP", "worker.3@1 UP");
    }

    @Test
    void aSuccessorThatHasToSettleKeepsTheOldOneThatLong() {
        SupervisedApp app = app(Rollout.rolling(1, Duration.ofSeconds(10)))
                .scale("worker", 2)
                .bringUp()
                .release();
        app.bringUp();
        assertThat(app.instances()).containsExactly("worker.1@1 UP", "worker.1@2 UP", "worker.2@1 UP");
        assertThat(app.state().nextDeadline()).contains(app.now().plusSeconds(10));

        app.crash("worker.1", 1);
        assertThat(app.events(RolloutHalted.class)).hasSize(1);
        assertThat(app.instances()).containsExactly("worker.1@1 UP", "worker.2@1 UP");
        assertThat(app.state().nextDeadline()).isEmpty();

        app.release().bringUp();
        app.pass(Duration.ofMillis(9_999));
        assertThat(app.instances()).containsExactly("worker.1@1 UP", "worker.1@3 UP", "worker.2@1 UP");
        app.pass(Duration.ofMillis(1));
        assertThat(app.instances())
                .containsExactly("worker.1@1 STOPPING", "worker.1@3 UP", "worker.2@1 UP", "worker.2@3 SPAWNING");
        app.endStopping().bringUp().pass(Duration.ofSeconds(10)).endStopping();
        assertThat(app.instances()).containsExactly("worker.1@3 UP", "worker.2@3 UP");
        assertThat(app.state().isUp()).isTrue();
        assertThat(app.state().nextDeadline()).isEmpty();
    }

    /** A crash after a long life tells nothing of the release. */
    @Test
    void aLateCrashInTheMiddleOfARolloutDoesNotStopIt() {
        SupervisedApp app = app(Rollout.rolling(1, Duration.ofHours(1)))
                .scale("worker", 2)
                .bringUp()
                .release();
        app.bringUp().pass(Duration.ofHours(1));
        app.endStopping().crash("worker.1", 1);
        assertThat(app.events(RolloutHalted.class)).isEmpty();
        assertThat(app.state().isHalted()).isFalse();
    }

    @Test
    void aBadReleaseUnderPrebootStopsTheOtherNewDynosToo() {
        SupervisedApp app = app(Rollout.PREBOOT).scale("web", 2).bringUp().release();
        app.tell(new Fact.Spawned(app.newest("web.1").id())).crash("web.1", 1);

        assertThat(app.instances()).containsExactly("web.1@1 UP", "web.2@1 UP", "web.2@2 CANCELLED");
    }

    @Test
    void theNextReleaseTriesAgain() {
        SupervisedApp app = app(Rollout.rolling(1)).scale("web", 1).bringUp().release();
        app.crash("web.1", 1).release();

        assertThat(app.instances()).containsExactly("web.1@1 UP", "web.1@3 SPAWNING");
        assertThat(app.bringUp().endStopping().instances()).containsExactly("web.1@3 UP");
        assertThat(app.state().isUp()).isTrue();
    }

    @Test
    void aReleaseInTheMiddleOfARolloutKeepsTheOneThatServes() {
        SupervisedApp app =
                app(Rollout.rolling(1)).scale("web", 1).bringUp().release().release();

        assertThat(app.instances()).containsExactly("web.1@1 UP", "web.1@2 CANCELLED", "web.1@3 SPAWNING");
    }

    /** DYN-54, FRM-8: another size restarts that type; another quantity restarts nothing. */
    @Test
    void anotherSizeReplacesTheDynosOfThatTypeOnly() {
        SupervisedApp app =
                app(Rollout.RESTART).scale("web", 1).scale("worker", 1).bringUp();

        assertThat(app.scale("worker", 2).instances())
                .containsExactly("web.1@1 UP", "worker.1@1 UP", "worker.2@1 SPAWNING");
        assertThat(app.scale("web", 1, DynoSize.STANDARD_2X).instances())
                .containsExactly("web.1@1 SPAWNING", "web.1@1 STOPPING", "worker.1@1 UP", "worker.2@1 SPAWNING");
    }

    /** DYN-28: a restart by hand goes the way of the rollout. */
    @Test
    void aRestartIsRolledToo() {
        SupervisedApp app = app(Rollout.rolling(1)).scale("web", 2).bringUp();
        app.tell(new Fact.RestartAsked(name -> true));

        assertThat(app.instances()).containsExactly("web.1@1 SPAWNING", "web.1@1 UP", "web.2@1 UP");
    }
}
