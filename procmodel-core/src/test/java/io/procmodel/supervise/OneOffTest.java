package io.procmodel.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import io.procmodel.event.DynoCompleted;
import io.procmodel.event.DynoCrashed;
import io.procmodel.formation.DynoSize;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.StopSignal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One-off dynos beside a formation, with Heroku's words. */
class OneOffTest {
    private static final DynoName RUN = DynoName.parse("run.1");

    private final SupervisedApp app = new SupervisedApp(AppPolicy.HEROKU);

    private long id() {
        return app.newest("run.1").id();
    }

    private OneOffTest run(Duration timeToLive) {
        Target.ProcessTarget process = new Target.ProcessTarget(1, "rake", false, DynoSize.STANDARD_1X);
        app.tell(new Fact.RunAsked(RUN, 1, process, new OneOff(timeToLive)));
        return this;
    }

    private OneOffTest up() {
        app.tell(new Fact.Spawned(id()));
        return this;
    }

    private void end(int status) {
        app.tell(new Fact.Ended(id(), new Exit.Exited(status)));
    }

    /** DYN-8: the sequence of a command that ends by itself, and DYN-18: it is not started again. */
    @Test
    void aOneOffDynoIsCompleteAtItsEndAndNeverRestarted() {
        run(null);
        assertThat(app.lines()).containsExactly("run.1: Starting process with command `rake`");
        assertThat(app.all(Act.Spawn.class)).singleElement().matches(Act.Spawn::oneOff);
        up();
        assertThat(app.lines()).containsExactly("run.1: State changed from starting to up");
        end(3);

        assertThat(app.lines())
                .containsExactly("run.1: Process exited with status 3", "run.1: State changed from up to complete");
        assertThat(app.events(DynoCompleted.class))
                .singleElement()
                .matches(event -> event.exit().status() == 3);
        assertThat(app.events(DynoCrashed.class)).isEmpty();
        assertThat(app.pass(Duration.ofDays(2)).instances()).isEmpty();
        assertThat(app.state().dynos()).isEmpty();
    }

    /** DYN-8, DYN-18: one that cannot be started is complete as well. */
    @Test
    void aOneOffDynoThatCannotStartIsComplete() {
        run(null);
        app.tell(new Fact.SpawnFailed(id(), "no memory"));

        assertThat(app.lines())
                .containsExactly(
                        "run.1: Error R99 (Platform error) -> Failed to launch the dyno: no memory",
                        "run.1: State changed from starting to complete");
        assertThat(app.instances()).isEmpty();
    }

    /** DYN-4: whatever a one-off dyno is named after, and whatever it runs. */
    @Test
    void onlyWebDynosOfTheFormationGetRequests() {
        app.scale("web", 1).scale("worker", 1).bringUp();
        Target.ProcessTarget server = new Target.ProcessTarget(1, "server", true, DynoSize.STANDARD_1X);
        app.tell(new Fact.RunAsked(RUN, 1, server, new OneOff(null)));
        up();
        app.tell(new Fact.PortOpened(id()));

        assertThat(app.instances()).contains("run.1@1 UP", "worker.1@1 UP");
        assertThat(app.state().webInstances())
                .singleElement()
                .satisfies(dyno -> assertThat(dyno.name()).hasToString("web.1"));
    }

    /** DYN-29, DYN-74. */
    @Test
    void neitherARestartNorAReleaseTouchesIt() {
        run(null).up();
        app.tell(new Fact.RestartAsked(name -> true));
        app.scale("worker", 1).release();

        assertThat(app.instances()).contains("run.1@1 UP");
    }

    /** DYN-78: the normal sequence of a stop, R12 included. */
    @Test
    void isStoppedWithSignalGraceAndKill() {
        run(null).up();
        app.tell(new Fact.StopAsked(RUN::equals));
        assertThat(app.lines()).containsExactly("run.1: Stopping all processes with SIGTERM");
        assertThat(app.pass(Duration.ofSeconds(30)).lines())
                .containsExactly(
                        "run.1: Error R12 (Exit timeout) -> At least one process failed to exit within 30 seconds of SIGTERM",
                        "run.1: Stopping remaining processes with SIGKILL");
        end(137);
        assertThat(app.lines())
                .containsExactly("run.1: Process exited with status 137", "run.1: State changed from up to complete");
    }

    /** DYN-66, DYN-67. */
    @Test
    void isStoppedWhenItsTimeToLiveIsOver() {
        run(Duration.ofMinutes(5)).up();
        assertThat(app.pass(Duration.ofMinutes(5).minusMillis(1)).lines()).isEmpty();
        assertThat(app.pass(Duration.ofMillis(1)).lines())
                .containsExactly("run.1: Stopping all processes with SIGTERM");
    }

    /** DYN-31, DYN-66: the longest life is 24 hours and 216 minutes. */
    @Test
    void isCycledButNotReplaced() {
        SupervisedApp cycling = new SupervisedApp(AppPolicy.HEROKU.cycling(true));
        Target.ProcessTarget process = new Target.ProcessTarget(1, "rake", false, DynoSize.STANDARD_1X);
        cycling.tell(new Fact.RunAsked(RUN, 1, process, new OneOff(Duration.ofDays(7))));
        cycling.tell(new Fact.Spawned(cycling.newest("run.1").id()));
        cycling.pass(Duration.ofHours(24).plusMinutes(216));

        assertThat(cycling.lines()).containsExactly("run.1: Cycling", "run.1: Stopping all processes with SIGTERM");
        cycling.endStopping();
        assertThat(cycling.instances()).isEmpty();
    }

    /** DYN-57: R15 ends a one-off dyno for good. */
    @Test
    void isKilledWhenFarOverItsMemory() {
        run(null).up();
        app.tell(new Fact.MemoryMeasured(id(), 3L << 30));
        assertThat(app.lines()).contains("run.1: Error R15 (Memory quota vastly exceeded)");
        end(137);
        assertThat(app.lines()).contains("run.1: State changed from up to complete");
        assertThat(app.instances()).isEmpty();
    }

    @Test
    void theAppIsUpWhateverOneOffDynosDo() {
        app.scale("worker", 1).bringUp();
        run(null);

        assertThat(app.state().isUp()).isTrue();
        assertThat(app.state().oneOffs(DynoSize.STANDARD_1X)).isEqualTo(1);
        assertThat(app.state().oneOffs(DynoSize.ECO)).isZero();
    }

    /** A name is never given twice: a type named {@code run} waits for the one-off dyno of that name to end. */
    @Test
    void theFormationWaitsForANameThatAOneOffDynoHas() {
        run(null).up();
        app.scale("run", 1);
        assertThat(app.instances()).containsExactly("run.1@1 UP");

        end(0);
        assertThat(app.instances()).containsExactly("run.1@1 SPAWNING");
        assertThat(app.all(Act.Spawn.class)).singleElement().matches(spawn -> !spawn.oneOff());
    }

    @Test
    void closingStopsItAndStartsNoOther() {
        run(null);
        app.tell(new Fact.Closed());
        assertThat(app.instances()).containsExactly("run.1@1 CANCELLED");
        up();
        assertThat(app.instances()).containsExactly("run.1@1 STOPPING");
        end(143);
        assertThat(app.state().isStopped()).isTrue();

        run(null);
        assertThat(app.instances()).isEmpty();
    }

    /** DYN-64, R16: SIGHUP three times, five seconds apart; who ignores it lives on until its time is over. */
    @Test
    void isHungUpOnWhenItsClientHasGone() {
        run(Duration.ofHours(1)).up();
        app.tell(new Fact.ClientGone(id()));
        assertHangup();
        app.tell(new Fact.ClientGone(id()));
        assertThat(app.lines()).as("told once").isEmpty();
        app.pass(Duration.ofSeconds(5));
        assertHangup();
        app.pass(Duration.ofSeconds(5));
        assertHangup();
        app.pass(Duration.ofSeconds(5));
        assertThat(app.lines())
                .containsExactly("run.1: Error R16 (Detached) -> An attached process is not responding to SIGHUP"
                        + " after its external connection was closed.");
        assertThat(app.all(Act.Terminate.class)).isEmpty();
        assertThat(app.pass(Duration.ofMinutes(59)).instances()).containsExactly("run.1@1 UP");
        assertThat(app.pass(Duration.ofMinutes(1)).lines())
                .containsExactly("run.1: Stopping all processes with SIGTERM");
    }

    /** A connection may be reset before the process runs that it belongs to. */
    @Test
    void isHungUpOnAsSoonAsItIsUpWhenItsClientHasGoneBefore() {
        run(Duration.ofHours(1));
        app.tell(new Fact.ClientGone(id()));
        assertThat(app.lines()).isEmpty();
        up();
        assertThat(app.lines())
                .containsExactly(
                        "run.1: State changed from starting to up",
                        "run.1: Client connection closed. Sending SIGHUP to all processes");
        assertThat(app.all(Act.Terminate.class))
                .singleElement()
                .matches(terminate -> terminate.signal() == StopSignal.HUP);
        app.pass(Duration.ofSeconds(5));
        assertHangup();
        end(129);
        assertThat(app.instances()).isEmpty();
    }

    private void assertHangup() {
        assertThat(app.lines()).containsExactly("run.1: Client connection closed. Sending SIGHUP to all processes");
        assertThat(app.all(Act.Terminate.class))
                .singleElement()
                .matches(terminate -> terminate.signal() == StopSignal.HUP);
    }

    @Test
    void isCompleteWhenItEndsBySighup() {
        run(null).up();
        app.tell(new Fact.ClientGone(id()));
        end(129);
        assertThat(app.lines()).endsWith("run.1: State changed from up to complete");
        assertThat(app.pass(Duration.ofMinutes(1)).lines()).isEmpty();
    }
}
