package io.procmodel.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.Rollout;
import io.procmodel.policy.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A process type of which two dynos never live at once. */
class SingletonTest {
    private static final Fact HELD = new Fact.LeaseChanged("clock", true);
    private static final Fact LOST = new Fact.LeaseChanged("clock", false);

    private final SupervisedApp app = new SupervisedApp(AppPolicy.HEROKU);

    @Test
    void itStartsOnlyWithItsLease() {
        app.tell(LOST).scale("clock", 1);
        assertThat(app.instances()).isEmpty();
        assertThat(app.state().isUp()).as("nothing is missing here").isTrue();

        app.tell(HELD);
        assertThat(app.instances()).containsExactly("clock.1@1 SPAWNING");
        assertThat(app.state().isUp()).isFalse();
    }

    @Test
    void withoutTheMarkATypeNamedClockScalesFreely() {
        assertThat(app.scale("clock", 3).bringUp().instances())
                .containsExactly("clock.1@1 UP", "clock.2@1 UP", "clock.3@1 UP");
    }

    @Test
    void aReleaseStopsTheOldOneWaitsAndStartsTheNew() {
        for (Rollout rollout : List.of(new Rollout.Restart(), Rollout.rolling(1), new Rollout.Preboot())) {
            SupervisedApp rolled = new SupervisedApp(AppPolicy.HEROKU.rollout(rollout));
            rolled.tell(HELD).scale("clock", 1).bringUp();
            assertThat(rolled.release().instances()).as("%s", rollout).containsExactly("clock.1@1 STOPPING");
            assertThat(rolled.pass(Duration.ofSeconds(20)).instances()).containsExactly("clock.1@1 STOPPING");
            assertThat(rolled.endStopping().instances()).containsExactly("clock.1@2 SPAWNING");
        }
    }

    @Test
    void aRestartWaitsForTheEndToo() {
        app.tell(HELD).scale("clock", 1).bringUp().tell(new Fact.RestartAsked(name -> true));
        assertThat(app.instances()).containsExactly("clock.1@1 STOPPING");
        assertThat(app.endStopping().instances()).containsExactly("clock.1@1 SPAWNING");
    }

    @Test
    void aLostLeaseIsTermThenKillAndNothingStartsBeforeItIsBack() {
        app.tell(HELD).scale("clock", 1).bringUp();
        long id = app.newest("clock.1").id();
        app.tell(LOST);
        assertThat(app.all(Act.Terminate.class)).containsExactly(new Act.Terminate(id, StopSignal.TERM));

        assertThat(app.pass(Duration.ofSeconds(30)).all(Act.Kill.class)).containsExactly(new Act.Kill(id));
        assertThat(app.endStopping().instances()).isEmpty();
        assertThat(app.pass(Duration.ofDays(1)).instances()).isEmpty();
        assertThat(app.tell(HELD).instances()).containsExactly("clock.1@1 SPAWNING");
    }

    @Test
    void aLeaseThatComesBackWhileTheOldOneStopsWaitsForItsEnd() {
        app.tell(HELD).scale("clock", 1).bringUp().tell(LOST).tell(HELD);
        assertThat(app.instances()).containsExactly("clock.1@1 STOPPING");
        assertThat(app.endStopping().instances()).containsExactly("clock.1@1 SPAWNING");
    }

    @Test
    void aLeaseLostWhileItStartsStopsItAsSoonAsItRuns() {
        app.tell(HELD).scale("clock", 1).tell(LOST).tell(HELD);
        assertThat(app.instances()).containsExactly("clock.1@1 CANCELLED");
        app.tell(new Fact.Spawned(app.newest("clock.1").id()));
        assertThat(app.instances()).containsExactly("clock.1@1 STOPPING");
        assertThat(app.endStopping().instances()).containsExactly("clock.1@1 SPAWNING");
    }

    @Test
    void aCrashedOneWithoutItsLeaseIsNoReasonToWakeUp() {
        app.tell(HELD).scale("clock", 1).bringUp().crash("clock.1", 1).bringUp().crash("clock.1", 1);
        assertThat(app.state().nextDeadline()).isPresent();
        app.tell(LOST);
        assertThat(app.state().nextDeadline()).isEmpty();
    }

    @Test
    void othersAreNotTouched() {
        app.tell(HELD).scale("worker", 2).scale("clock", 1).bringUp().tell(LOST);
        assertThat(app.instances()).containsExactly("clock.1@1 STOPPING", "worker.1@1 UP", "worker.2@1 UP");
    }

    @Test
    void itsEndMakesItOrdinary() {
        app.tell(LOST).scale("clock", 2).tell(new Fact.SingletonEnded("clock"));
        assertThat(app.instances()).containsExactly("clock.1@1 SPAWNING", "clock.2@1 SPAWNING");
    }

    /** Whatever happens in whatever order, no two instances are in any phase at once. */
    @Test
    void neverTwoInTwentyThousandRandomSteps() {
        SplittableRandom random = new SplittableRandom(7);
        for (int history = 0; history < 200; history++) {
            List<Rollout> rollouts = List.of(new Rollout.Restart(), Rollout.rolling(2), new Rollout.Preboot());
            SupervisedApp tried = new SupervisedApp(AppPolicy.HEROKU.rollout(rollouts.get(history % 3)));
            tried.tell(LOST).scale("clock", 1);
            for (int step = 0; step < 100; step++) {
                change(tried, random.nextInt(10));
                assertThat(tried.instances()).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    private static void change(SupervisedApp app, int choice) {
        switch (choice) {
            case 0 -> app.tell(HELD);
            case 1 -> app.tell(LOST);
            case 2 -> app.release();
            case 3 -> app.tell(new Fact.RestartAsked(name -> true));
            case 4 -> app.scale("clock", 0);
            case 5 -> app.scale("clock", 1);
            case 6 -> app.endStopping();
            case 7 -> app.pass(Duration.ofMinutes(1));
            case 8 ->
                app.state().instances().values().stream()
                        .findFirst()
                        .ifPresent(instance -> app.crash(instance.name().toString(), 1));
            default -> app.bringUp();
        }
    }
}
