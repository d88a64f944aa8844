package io.procmodel.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.dyno.Exit;
import io.procmodel.event.DynoCrashed;
import io.procmodel.event.DynoEvent;
import io.procmodel.event.DynoStarting;
import io.procmodel.event.DynoStopped;
import io.procmodel.event.DynoStopping;
import io.procmodel.event.DynoUp;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.RestartPolicy;
import io.procmodel.policy.StopSignal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One dyno from its start to its end, with Heroku's words. */
class LifecycleTest {
    private final SupervisedApp app = new SupervisedApp(AppPolicy.HEROKU);

    private long id(String name) {
        return app.newest(name).id();
    }

    /** DYN-6, DYN-7. */
    @Test
    void aWorkerIsUpAsSoonAsItsProcessRuns() {
        app.scale("worker", 1);
        assertThat(app.lines())
                .containsExactly(
                        "worker.1: State changed from created to starting",
                        "worker.1: Starting process with command `run worker`");
        assertThat(app.events(DynoStarting.class)).hasSize(1);

        app.tell(new Fact.Spawned(id("worker.1")));
        assertThat(app.lines()).containsExactly("worker.1: State changed from starting to up");
        assertThat(app.events(DynoUp.class)).hasSize(1);
    }

    /** DYN-7. */
    @Test
    void aWebDynoIsUpWhenItsPortAccepts() {
        app.scale("web", 1).tell(new Fact.Spawned(id("web.1")));
        assertThat(app.instances()).containsExactly("web.1@1 STARTING");

        app.tell(new Fact.PortOpened(id("web.1")));
        assertThat(app.instances()).containsExactly("web.1@1 UP");
    }

    /** DYN-11, DYN-14: R10. */
    @Test
    void aWebDynoThatDoesNotBindIsKilledAfterSixtySeconds() {
        app.scale("web", 1).tell(new Fact.Spawned(id("web.1")));
        assertThat(app.pass(Duration.ofSeconds(60).minusMillis(1)).lines()).isEmpty();

        app.pass(Duration.ofMillis(1));
        assertThat(app.lines())
                .containsExactly(
                        "web.1: Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch",
                        "web.1: Stopping process with SIGKILL");
        assertThat(app.all(Act.Kill.class)).containsExactly(new Act.Kill(id("web.1")));

        app.crash("web.1", 137);
        assertThat(app.lines())
                .containsExactly(
                        "web.1: Process exited with status 137",
                        "web.1: State changed from starting to crashed",
                        "web.1: State changed from crashed to starting",
                        "web.1: Starting process with command `run web`");
    }

    /** DYN-13: unpacking the slug and setting up are no part of it. */
    @Test
    void theBootTimeoutMeasuresTheAppOnly() {
        app.scale("web", 1).pass(Duration.ofMinutes(10));
        assertThat(app.instances()).containsExactly("web.1@1 SPAWNING");

        app.tell(new Fact.Spawned(id("web.1")));
        assertThat(app.pass(Duration.ofSeconds(60).minusMillis(1)).all(Act.Kill.class))
                .isEmpty();
        assertThat(app.pass(Duration.ofMillis(1)).all(Act.Kill.class)).containsExactly(new Act.Kill(id("web.1")));
    }

    /** DYN-15. */
    @Test
    void aWorkerHasNoBootTimeout() {
        app.scale("worker", 1).bringUp().pass(Duration.ofDays(1));

        assertThat(app.instances()).containsExactly("worker.1@1 UP");
        assertThat(app.state().nextDeadline()).isEmpty();
    }

    /** DYN-17, DYN-24: status 0 is a crash too. */
    @Test
    void anyEndThatNobodyAskedForIsACrash() {
        app.scale("worker", 1).bringUp().crash("worker.1", 0);

        assertThat(app.lines())
                .startsWith("worker.1: Process exited with status 0", "worker.1: State changed from up to crashed");
        assertThat(app.events(DynoCrashed.class)).singleElement().satisfies(crash -> {
            assertThat(crash.crashes()).isEqualTo(1);
            assertThat(crash.nextStart()).hasValue(app.now());
        });
    }

    /** DYN-21: at once, then a cool-off of up to 20 minutes. */
    @Test
    void theSecondCrashInARowIsFollowedByACoolOff() {
        app.scale("worker", 1).bringUp().crash("worker.1", 1);
        assertThat(app.instances()).containsExactly("worker.1@1 SPAWNING");

        app.bringUp().crash("worker.1", 1);
        assertThat(app.instances()).isEmpty();
        assertThat(app.state().dynos()).singleElement().satisfies(dyno -> {
            assertThat(dyno.state()).hasToString("crashed");
            assertThat(dyno.crashes()).isEqualTo(2);
        });
        assertThat(app.pass(Duration.ofMinutes(14)).instances()).isEmpty();
        assertThat(app.pass(Duration.ofMinutes(6)).instances()).containsExactly("worker.1@1 SPAWNING");
    }

    /** DYN-20 (c), DYN-21: a dyno that had started well crashes for the first time again. */
    @Test
    void aLateCrashIsAFirstOne() {
        app.scale("worker", 1).bringUp().crash("worker.1", 1).bringUp();
        app.pass(RestartPolicy.heroku().resetAfter()).crash("worker.1", 1);

        assertThat(app.instances()).containsExactly("worker.1@1 SPAWNING");
    }

    /** DYN-21: a release, a restart by hand, and scaling to zero and up end the cool-off. */
    @Test
    void aCoolOffEndsWithAReleaseARestartOrScaling() {
        app.scale("worker", 1).bringUp().crash("worker.1", 1).bringUp().crash("worker.1", 1);
        assertThat(app.release().instances()).containsExactly("worker.1@2 SPAWNING");

        app.bringUp().crash("worker.1", 1).bringUp().crash("worker.1", 1);
        assertThat(app.tell(new Fact.RestartAsked(name -> true)).instances()).containsExactly("worker.1@2 SPAWNING");
        assertThat(app.lines()).startsWith("worker.1: State changed from crashed to starting");

        app.bringUp().crash("worker.1", 1).bringUp().crash("worker.1", 1);
        assertThat(app.scale("worker", 0).scale("worker", 1).instances()).containsExactly("worker.1@2 SPAWNING");
    }

    @Test
    void aDynoThatItsPolicyLeavesDownStaysDownUntilARestart() {
        SupervisedApp once =
                new SupervisedApp(AppPolicy.HEROKU.everyType(type -> type.restarts(RestartPolicy.never())));
        once.scale("worker", 1).bringUp().crash("worker.1", 1);
        assertThat(once.pass(Duration.ofDays(365)).instances()).isEmpty();
        assertThat(once.state().nextDeadline()).isEmpty();

        assertThat(once.tell(new Fact.RestartAsked(name -> true)).instances()).containsExactly("worker.1@1 SPAWNING");
    }

    /** DYN-46, DYN-48. */
    @Test
    void aCleanStopIsSigtermAndAnExit() {
        app.scale("worker", 1).bringUp().scale("worker", 0);
        assertThat(app.lines()).containsExactly("worker.1: Stopping all processes with SIGTERM");
        assertThat(app.all(Act.Terminate.class)).containsExactly(new Act.Terminate(id("worker.1"), StopSignal.TERM));
        assertThat(app.events(DynoStopping.class)).hasSize(1);

        app.tell(new Fact.Ended(id("worker.1"), new Exit.Exited(143)));
        assertThat(app.lines()).containsExactly("worker.1: Process exited with status 143");
        assertThat(app.events(DynoStopped.class)).hasSize(1);
        assertThat(app.instances()).isEmpty();
    }

    /** DYN-47, DYN-48: R12. */
    @Test
    void aStopThatTakesTooLongIsR12AndSigkill() {
        app.scale("worker", 1).bringUp().scale("worker", 0);

        assertThat(app.pass(Duration.ofSeconds(30)).lines())
                .containsExactly(
                        "worker.1: Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds of SIGTERM",
                        "worker.1: Stopping remaining processes with SIGKILL");
        assertThat(app.all(Act.Kill.class)).hasSize(1);
        assertThat(app.pass(Duration.ofDays(1)).lines()).as("once").isEmpty();
    }

    @Test
    void aTypeMayHaveItsOwnSignalAndGrace() {
        SupervisedApp own = new SupervisedApp(AppPolicy.HEROKU.type(
                "worker", type -> type.stopSignal(StopSignal.QUIT).stopGrace(Duration.ofSeconds(5))));
        own.scale("worker", 1).bringUp().scale("worker", 0);

        assertThat(own.lines()).containsExactly("worker.1: Stopping all processes with SIGQUIT");
        assertThat(own.pass(Duration.ofSeconds(5)).lines())
                .first()
                .asString()
                .contains("failed to exit within 5 seconds of SIGQUIT");
    }

    /** DYN-50. */
    @Test
    void scalingDownStopsTheHighestNumbers() {
        app.scale("worker", 3).bringUp().scale("worker", 1);

        assertThat(app.instances()).containsExactly("worker.1@1 UP", "worker.2@1 STOPPING", "worker.3@1 STOPPING");
        assertThat(app.lines())
                .containsExactly(
                        "worker.3: Stopping all processes with SIGTERM",
                        "worker.2: Stopping all processes with SIGTERM");
    }

    @Test
    void aDynoThatIsStillBeingSpawnedIsStoppedWhenItHasAProcess() {
        app.scale("worker", 1).scale("worker", 0);
        assertThat(app.instances()).containsExactly("worker.1@1 CANCELLED");
        assertThat(app.all(Act.Terminate.class)).isEmpty();

        app.tell(new Fact.Spawned(id("worker.1")));
        assertThat(app.instances()).containsExactly("worker.1@1 STOPPING");
        assertThat(app.all(Act.Terminate.class)).hasSize(1);
    }

    @Test
    void aDynoThatCannotBeStartedIsACrashWithTheReason() {
        app.scale("worker", 1).tell(new Fact.SpawnFailed(id("worker.1"), "disk full"));

        assertThat(app.lines())
                .startsWith(
                        "worker.1: Error R99 (Platform error) -> Failed to launch the dyno: disk full",
                        "worker.1: State changed from starting to crashed");
        assertThat(app.events(DynoCrashed.class).get(0).exit()).isEqualTo(new Exit.NotStarted("disk full"));
    }

    /** DYN-16: R17, with Heroku's missing "not". */
    @Test
    void aSlugThatIsNotWhatItShouldBeIsR17() {
        app.scale("worker", 1).tell(new Fact.ChecksumFailed(id("worker.1"), "aa", "bb"));

        assertThat(app.lines())
                .startsWith("worker.1: Error R17 (Checksum error) -> Checksum does match expected value."
                        + " Expected: SHA256:aa Actual: SHA256:bb");
    }

    /** DYN-31, DYN-33: after 24 hours and up to 216 minutes. */
    @Test
    void cyclingRestartsADynoOnceADay() {
        SupervisedApp cycling = new SupervisedApp(AppPolicy.HEROKU.cycling(true));
        cycling.scale("worker", 1).bringUp();

        assertThat(cycling.pass(Duration.ofHours(24).minusSeconds(1)).lines()).isEmpty();
        assertThat(cycling.pass(Duration.ofMinutes(217)).lines())
                .startsWith("worker.1: Cycling", "worker.1: Restarting")
                .contains("worker.1: Stopping all processes with SIGTERM");
        assertThat(cycling.instances()).containsExactly("worker.1@1 SPAWNING", "worker.1@1 STOPPING");
    }

    @Test
    void aClosedAppStopsEverythingAndStartsNothing() {
        app.scale("worker", 2).bringUp().tell(new Fact.Closed());
        assertThat(app.phase(Phase.STOPPING)).hasSize(2);

        app.release();
        app.scale("worker", 5).endStopping().pass(Duration.ofDays(1));
        assertThat(app.state().isStopped()).isTrue();
        assertThat(app.state().nextDeadline()).isEmpty();
    }

    @Test
    void factsAboutInstancesThatAreGoneChangeNothing() {
        app.scale("worker", 1).bringUp();
        SupervisionState before = app.state();
        long stranger = 4711;

        app.tell(new Fact.Spawned(stranger))
                .tell(new Fact.PortOpened(stranger))
                .tell(new Fact.SpawnFailed(stranger, "x"))
                .tell(new Fact.MemoryMeasured(stranger, Long.MAX_VALUE))
                .tell(new Fact.Ended(stranger, new Exit.Exited(1)));

        assertThat(app.instances()).containsExactly("worker.1@1 UP");
        assertThat(app.state().dynos()).isEqualTo(before.dynos());
        assertThat(app.events(DynoEvent.class)).isEmpty();
    }
}
