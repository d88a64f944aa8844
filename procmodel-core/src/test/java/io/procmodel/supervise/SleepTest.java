package io.procmodel.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.event.DynoIdled;
import io.procmodel.event.DynoStopped;
import io.procmodel.event.DynoUnidled;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.SleepPolicy;
import io.procmodel.policy.StopSignal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Apps that sleep, and dynos that are drained before they are stopped. */
class SleepTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final SupervisedApp app = new SupervisedApp(AppPolicy.HEROKU.sleep(SleepPolicy.CLASSIC));

    private SupervisedApp quietFor(Duration time) {
        app.pass(time);
        return answer(Duration.ofDays(1));
    }

    /** The front door's answer, if it was asked. */
    private SupervisedApp answer(Duration since) {
        if (app.all(Act.MeasureTraffic.class).findAny().isPresent()) {
            app.tell(new Fact.TrafficMeasured(app.now().minus(since)));
        }
        return app;
    }

    /** DYN-9, DYN-83, DYN-86. */
    @Test
    void anAppWithOneWebDynoSleepsAfterAnHour() {
        app.scale("web", 1).scale("worker", 1).bringUp();
        assertThat(quietFor(HOUR.minusMillis(1)).instances()).containsExactly("web.1@1 UP", "worker.1@1 UP");
        app.lines();

        quietFor(Duration.ofMillis(1));
        assertThat(app.lines())
                .containsExactly(
                        "web.1: Idling",
                        "web.1: State changed from up to down",
                        "web.1: Stopping all processes with SIGTERM");
        assertThat(app.events(DynoIdled.class)).hasSize(1);
        assertThat(app.state().isAsleep()).isTrue();
        assertThat(app.state().dynos())
                .extracting(dyno -> dyno.name() + " " + dyno.state())
                .containsExactly("web.1 idle", "worker.1 up");
    }

    /** DYN-86, DYN-87. */
    @Test
    void aRequestWakesItOnce() {
        app.scale("web", 1).bringUp();
        quietFor(HOUR);
        app.crash("web.1", 143);
        assertThat(app.state().isUp()).as("asleep is what it should be").isTrue();
        app.lines();

        app.tell(new Fact.WakeAsked());
        assertThat(app.lines())
                .containsExactly(
                        "web.1: Unidling",
                        "web.1: State changed from down to starting",
                        "web.1: Starting process with command `run web`");
        assertThat(app.events(DynoUnidled.class)).hasSize(1);
        assertThat(app.tell(new Fact.WakeAsked()).all(Act.Spawn.class)).isEmpty();
    }

    /** A wake while the old process is still ending starts the new one at once. */
    @Test
    void aWakeDoesNotWaitForTheOldProcess() {
        app.scale("web", 1).bringUp();
        quietFor(HOUR);

        app.tell(new Fact.WakeAsked());
        assertThat(app.instances()).containsExactlyInAnyOrder("web.1@1 STOPPING", "web.1@1 SPAWNING");
    }

    @Test
    void aRequestInTheMeantimePutsSleepOff() {
        app.scale("web", 1).bringUp().pass(HOUR);
        answer(Duration.ofMinutes(10));
        assertThat(app.state().isAsleep()).isFalse();
        assertThat(app.state().nextDeadline()).hasValue(app.now().plus(Duration.ofMinutes(50)));

        assertThat(quietFor(Duration.ofMinutes(50)).state().isAsleep()).isTrue();
    }

    /** DYN-83: two web dynos never sleep, nor does an app without one (DYN-85). */
    @Test
    void twoWebDynosOrNoneNeverSleep() {
        app.scale("web", 2).bringUp();
        assertThat(quietFor(Duration.ofDays(7)).state().isAsleep()).isFalse();

        app.scale("web", 0).scale("worker", 1).bringUp();
        assertThat(quietFor(Duration.ofDays(7)).state().isAsleep()).isFalse();

        app.scale("web", 1).bringUp();
        assertThat(quietFor(HOUR).state().isAsleep()).isTrue();
        assertThat(app.scale("web", 2).state().isAsleep()).as("scaling wakes").isFalse();
    }

    /** DYN-85. */
    @Test
    void todaysRuleTakesTheWorkersAlong() {
        SupervisedApp eco = new SupervisedApp(AppPolicy.HEROKU.sleep(SleepPolicy.ECO));
        eco.scale("web", 1).scale("worker", 2).bringUp().pass(Duration.ofMinutes(30));
        eco.tell(new Fact.TrafficMeasured(eco.now().minus(HOUR)));

        assertThat(eco.state().dynos())
                .extracting(dyno -> dyno.state().toString())
                .containsOnly("idle");
        eco.tell(new Fact.WakeAsked());
        assertThat(eco.all(Act.Spawn.class)).hasSize(3);
    }

    @Test
    void aReleaseOrARestartWakes() {
        app.scale("web", 1).bringUp();
        quietFor(HOUR);
        assertThat(app.release().state().isAsleep()).isFalse();

        app.bringUp();
        quietFor(HOUR);
        assertThat(app.state().isAsleep()).isTrue();
        assertThat(app.tell(new Fact.RestartAsked(name -> true)).state().isAsleep())
                .isFalse();
    }

    /** DYN-82: sleep to the end of the month, and no request ends it. */
    @Test
    void spentDynoHoursPutEverythingToSleep() {
        app.scale("web", 2).scale("worker", 1).bringUp();
        app.tell(new Fact.QuotaChanged(true));
        assertThat(app.state().dynos())
                .extracting(dyno -> dyno.state().toString())
                .containsOnly("idle");
        assertThat(app.tell(new Fact.WakeAsked()).release().all(Act.Spawn.class))
                .isEmpty();
        assertThat(app.scale("web", 3).all(Act.Spawn.class)).isEmpty();

        assertThat(app.tell(new Fact.QuotaChanged(false)).all(Act.Spawn.class)).hasSize(4);
    }

    @Test
    void aWebDynoIsDrainedBeforeItIsStoppedIfThereIsAFrontDoor() {
        app.tell(new Fact.DoorChanged(Duration.ofSeconds(30)))
                .scale("web", 1)
                .scale("worker", 1)
                .bringUp();
        long web = app.newest("web.1").id();
        app.scale("worker", 0).scale("web", 0);
        assertThat(app.all(Act.Drain.class)).containsExactly(new Act.Drain(web));
        assertThat(app.instances()).containsExactlyInAnyOrder("web.1@1 DRAINING", "worker.1@1 STOPPING");

        app.tell(new Fact.Drained(web));
        assertThat(app.all(Act.Terminate.class)).containsExactly(new Act.Terminate(web, StopSignal.TERM));
        assertThat(app.tell(new Fact.Drained(web)).all(Act.Terminate.class)).isEmpty();
    }

    @Test
    void aDrainEndsByItsDeadlineTheDoorOrTheApp() {
        for (Fact end : new Fact[] {new Fact.Ticked(), new Fact.DoorChanged(null), new Fact.Closed()}) {
            SupervisedApp drained = new SupervisedApp(AppPolicy.HEROKU);
            drained.tell(new Fact.DoorChanged(Duration.ofSeconds(30)))
                    .scale("web", 1)
                    .bringUp()
                    .scale("web", 0);
            if (end instanceof Fact.Ticked) {
                drained.pass(Duration.ofSeconds(30));
            } else {
                drained.tell(end);
            }
            assertThat(drained.instances()).as(end.toString()).containsExactly("web.1@1 STOPPING");
        }
    }

    @Test
    void aDynoThatEndsWhileItIsDrainedHasStopped() {
        app.tell(new Fact.DoorChanged(Duration.ofSeconds(30)))
                .scale("web", 1)
                .bringUp()
                .scale("web", 0);
        app.crash("web.1", 0);
        assertThat(app.events(DynoStopped.class)).hasSize(1);
        assertThat(app.instances()).isEmpty();
    }
}
