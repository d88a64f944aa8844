package io.procmodel.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.event.RolloutHalted;
import io.procmodel.policy.AppPolicy;
import io.procmodel.policy.Rollout;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** DYN-56 (R14), DYN-57 (R15). A Standard-1X dyno has 512 MB. */
class MemoryQuotaTest {
    private static final long MEGABYTE = 1024 * 1024;

    private final SupervisedApp app =
            new SupervisedApp(AppPolicy.HEROKU).scale("worker", 1).bringUp();

    private SupervisedApp measure(long megabytes) {
        return app.tell(new Fact.MemoryMeasured(app.newest("worker.1").id(), megabytes * MEGABYTE));
    }

    @Test
    void memoryWithinTheQuotaIsNothingToSay() {
        assertThat(measure(512).lines()).isEmpty();
    }

    @Test
    void r14WarnsAboveTheQuotaAndGoesOn() {
        assertThat(measure(870).lines())
                .containsExactly(
                        "worker.1: Process running mem=870M(169.9%)", "worker.1: Error R14 (Memory quota exceeded)");
        assertThat(app.instances()).containsExactly("worker.1@1 UP");
    }

    @Test
    void r14IsRepeatedAfterTwentySecondsAndNotBefore() {
        measure(600);
        app.pass(Duration.ofSeconds(19));
        assertThat(measure(600).lines()).isEmpty();
        app.pass(Duration.ofSeconds(1));
        assertThat(measure(600).lines()).hasSize(2);
    }

    @Test
    void r15KillsAtTwiceTheQuotaAndCountsAsACrashFromUp() {
        assertThat(measure(1029).lines())
                .containsExactly(
                        "worker.1: Process running mem=1029M(201.0%)",
                        "worker.1: Error R15 (Memory quota vastly exceeded)",
                        "worker.1: Stopping process with SIGKILL");
        assertThat(app.all(Act.Kill.class)).hasSize(1);

        assertThat(app.crash("worker.1", 137).lines())
                .startsWith(
                        "worker.1: Process exited with status 137",
                        "worker.1: State changed from up to crashed",
                        "worker.1: State changed from crashed to starting");
    }

    /** It has not been up, so its crash is one before it was. */
    @Test
    void aWebDynoThatIsStartingIsJudgedToo() {
        app.scale("web", 1);
        Instance web = app.newest("web.1");
        app.tell(new Fact.Spawned(web.id()));

        assertThat(app.tell(new Fact.MemoryMeasured(web.id(), 600 * MEGABYTE)).lines())
                .endsWith("web.1: Error R14 (Memory quota exceeded)");
        assertThat(app.tell(new Fact.MemoryMeasured(web.id(), 1029 * MEGABYTE)).lines())
                .containsExactly(
                        "web.1: Process running mem=1029M(201.0%)",
                        "web.1: Error R15 (Memory quota vastly exceeded)", "web.1: Stopping process with SIGKILL");
        assertThat(app.all(Act.Kill.class)).hasSize(1);
        assertThat(app.tell(new Fact.PortOpened(web.id())).lines()).isEmpty();
        assertThat(app.tell(new Fact.MemoryMeasured(web.id(), 1029 * MEGABYTE)).lines())
                .isEmpty();
        app.pass(AppPolicy.HEROKU.bootTimeout());
        assertThat(app.lines()).isEmpty();

        assertThat(app.crash("web.1", 137).lines())
                .startsWith("web.1: Process exited with status 137", "web.1: State changed from starting to crashed");
    }

    @Test
    void aRolloutThatHaltsBecauseOfMemoryAtTheStartSaysSo() {
        SupervisedApp rolling = new SupervisedApp(AppPolicy.HEROKU.rollout(Rollout.rolling(1)))
                .scale("web", 1)
                .bringUp()
                .release();
        Instance next = rolling.newest("web.1");
        rolling.tell(new Fact.Spawned(next.id()));
        rolling.tell(new Fact.MemoryMeasured(next.id(), 1029 * MEGABYTE));

        rolling.crash("web.1", 137);

        assertThat(rolling.events(RolloutHalted.class))
                .singleElement()
                .satisfies(halted -> assertThat(halted.reason()).isEqualTo("R15: far more memory than its size has"));
        assertThat(rolling.instances()).containsExactly("web.1@1 UP");
    }

    @Test
    void aDynoThatIsStoppingIsNotJudged() {
        app.scale("worker", 0);

        assertThat(measure(5000).lines()).isEmpty();
    }
}
