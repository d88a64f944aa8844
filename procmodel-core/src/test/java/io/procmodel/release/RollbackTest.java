package io.procmodel.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.procmodel.addon.Attachment;
import io.procmodel.config.ConfigVars;
import io.procmodel.release.IneligibleReleaseException.Reason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackTest {
    private static final ReleaseDraft DEPLOY = ReleaseDraft.of("ada", "Deploy").slug(Releases.slug('1'));

    @TempDir
    Path directory;

    private ReleaseLedger ledger;

    @BeforeEach
    void openLedger() {
        ledger = FileReleaseLedger.open(directory);
        ledger.append(ReleaseDraft.of("ada", ReleaseDescriptions.initial()));
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    private Reason reasonAgainst(int version) {
        return catchThrowableOfType(IneligibleReleaseException.class, () -> Rollback.target(ledger, version))
                .reason();
    }

    /** REL-20: slug and config of the target, not of the current release. */
    @Test
    void goesBackToTheSlugAndConfigOfTheTarget() {
        Release target = ledger.append(DEPLOY.config(ConfigVars.empty().with("A", "1")));
        ledger.append(DEPLOY.slug(Releases.slug('2')).config(ConfigVars.empty().with("A", "2")));

        Release back = ledger.append(Rollback.draft(Rollback.target(ledger, 2), "bob"));

        assertThat(back).hasToString("v4 Rollback to v2");
        assertThat(back.author()).isEqualTo("bob");
        assertThat(back.slug()).isEqualTo(target.slug());
        assertThat(back.config()).isEqualTo(target.config());
        assertThat(ledger.current()).contains(back);
    }

    /** REL-21. */
    @Test
    void goesWithoutAVersionToTheSecondNewestEligible() {
        ledger.append(DEPLOY);
        ledger.append(DEPLOY.pending());
        ledger.changeStatus(3, ReleaseStatus.FAILED);
        ledger.append(DEPLOY);
        ledger.append(DEPLOY.pending());

        assertThat(Rollback.defaultTarget(ledger).version()).isEqualTo(2);
    }

    /** REL-21: after a rollback, the one before it is the second newest; going back twice is coming forward. */
    @Test
    void undoesARollback() {
        ledger.append(DEPLOY);
        ledger.append(DEPLOY.slug(Releases.slug('2')));
        ledger.append(Rollback.draft(Rollback.defaultTarget(ledger), "ada"));

        assertThat(Rollback.defaultTarget(ledger).version()).isEqualTo(3);
    }

    @Test
    void findsNoDefaultTargetBeforeTheSecondDeploy() {
        ledger.append(DEPLOY);

        assertThatThrownBy(() -> Rollback.defaultTarget(ledger))
                .isInstanceOf(NoSuchReleaseException.class)
                .hasMessageContaining("an earlier release with a slug");
    }

    /** REL-25. */
    @Test
    void refusesReleasesThatNeverRanAndSaysWhy() {
        ledger.append(DEPLOY.pending());
        ledger.append(DEPLOY.pending());
        ledger.changeStatus(3, ReleaseStatus.FAILED);
        ledger.append(DEPLOY);
        ledger.changeStatus(4, ReleaseStatus.EXPIRED);
        ledger.append(DEPLOY);

        assertThat(reasonAgainst(1)).isEqualTo(Reason.NO_SLUG);
        assertThat(reasonAgainst(2)).isEqualTo(Reason.PENDING);
        assertThat(reasonAgainst(3)).isEqualTo(Reason.FAILED);
        assertThat(reasonAgainst(4)).isEqualTo(Reason.EXPIRED);
        assertThat(reasonAgainst(5)).isEqualTo(Reason.CURRENT);
        assertThatThrownBy(() -> Rollback.target(ledger, 3))
                .hasMessageStartingWith("rollback to v3: its release command failed (expected: ");
    }

    /** REL-22, ADD-18: a rollback would change the set of add-ons. */
    @Test
    void refusesAReleaseWithOtherAddOns() {
        Attachment redis = new Attachment("REDIS", "redis-round-1", "redis:mini", List.of("REDIS_URL"));
        ledger.append(DEPLOY);
        ledger.append(DEPLOY.attachments(List.of(redis)));
        ledger.append(DEPLOY.attachments(List.of(redis)));

        assertThat(reasonAgainst(2)).isEqualTo(Reason.OTHER_ADD_ONS);
        assertThat(Rollback.target(ledger, 3).version()).isEqualTo(3);
    }

    @Test
    void refusesAVersionThatIsNotThere() {
        assertThatThrownBy(() -> Rollback.target(ledger, 7))
                .isInstanceOf(NoSuchReleaseException.class)
                .hasMessage("release: \"v7\" (expected: v1 to v1)");
    }
}
