package io.procmodel.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.DynoState;
import io.procmodel.policy.AppPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Restarts that the platform or somebody makes, and what is seen of them. */
class RestartRulesTest {
    private final SupervisedApp app = new SupervisedApp(AppPolicy.HEROKU);

    /** DYN-2, DYN-27: a release restarts every dyno, and for a while two have the same name. */
    @Test
    void aReleaseRestartsEveryDynoAndNamesOverlapMeanwhile() {
        app.scale("web", 1).bringUp();
        app.scale("worker", 1).bringUp();
        app.release();

        assertThat(app.instances())
                .containsExactly("web.1@1 STOPPING", "web.1@2 SPAWNING", "worker.1@1 STOPPING", "worker.1@2 SPAWNING");
        assertThat(app.state().dynos())
                .as("people see each name once")
                .extracting(DynoStatus::name)
                .containsExactly(DynoName.parse("web.1"), DynoName.parse("worker.1"));
    }

    /** DYN-5: the words for states are Heroku's. */
    @Test
    void statesHaveTheNamesThatHerokuGivesThem() {
        assertThat(DynoState.values())
                .extracting(DynoState::toString)
                .contains("crashed", "idle", "starting", "up", "complete");
    }

    /** DYN-30: a dyno of the formation that is stopped is started again; scaled down it stays away. */
    @Test
    void aStoppedDynoOfTheFormationIsStartedAgain() {
        app.scale("worker", 1).bringUp();
        app.tell(new Fact.StopAsked(name -> name.number() == 1));
        assertThat(app.instances()).containsExactly("worker.1@1 SPAWNING", "worker.1@1 STOPPING");

        app.bringUp().endStopping();
        app.scale("worker", 0).endStopping();
        assertThat(app.instances()).isEmpty();
        assertThat(app.pass(Duration.ofDays(1)).instances()).isEmpty();
    }

    /** DYN-32: the day of a dyno begins anew with a restart. */
    @Test
    void aRestartStartsTheDayAnew() {
        SupervisedApp cycling = new SupervisedApp(AppPolicy.HEROKU.cycling(true));
        cycling.scale("worker", 1).bringUp();
        cycling.pass(Duration.ofHours(23));
        cycling.tell(new Fact.RestartAsked(name -> true)).bringUp().endStopping();
        cycling.pass(Duration.ofHours(23).plusMinutes(59));

        assertThat(cycling.instances()).containsExactly("worker.1@1 UP");
        assertThat(cycling.lines()).isEmpty();
    }
}
