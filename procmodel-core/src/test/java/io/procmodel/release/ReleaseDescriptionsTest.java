package io.procmodel.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.addon.Attachment;
import io.procmodel.config.ConfigVars;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** LOG-10, REL-5, REL-6. */
class ReleaseDescriptionsTest {
    private static final Attachment DATABASE =
            new Attachment("DATABASE", "postgresql-curly-33328", "postgresql:dev", List.of("DATABASE_URL"));

    @Test
    void wordsReleasesAsHerokuDoes() {
        assertThat(ReleaseDescriptions.initial()).isEqualTo("Initial release");
        assertThat(ReleaseDescriptions.set(List.of("FOO", "BAR"))).isEqualTo("Set FOO, BAR config vars");
        assertThat(ReleaseDescriptions.remove(List.of("FOO"))).isEqualTo("Remove FOO config vars");
        assertThat(ReleaseDescriptions.rollback(46)).isEqualTo("Rollback to v46");
        assertThat(ReleaseDescriptions.attach(DATABASE)).isEqualTo("Attach DATABASE (@ref:postgresql-curly-33328)");
        assertThat(ReleaseDescriptions.detach(DATABASE)).isEqualTo("Detach DATABASE (@ref:postgresql-curly-33328)");
        assertThat(ReleaseDescriptions.update(DATABASE)).isEqualTo("Update DATABASE");
        assertThat(ReleaseDescriptions.provisioned(DATABASE))
                .isEqualTo("@ref:postgresql-curly-33328 completed provisioning, setting DATABASE_URL.");
    }

    /** REL-6. */
    @Test
    void shortensTheDigestOfADeployToEightDigits() {
        assertThat(ReleaseDescriptions.deploy(Releases.slug('c').digest())).isEqualTo("Deploy cccccccc");
    }

    @Test
    void wordsAConfigChangeByWhatItDoes() {
        ConfigVars old = ConfigVars.empty().with("A", "1").with("B", "2");

        assertThat(ReleaseDescriptions.config(old.diff(old.with("B", "3").with("C", "4"))))
                .isEqualTo("Set B, C config vars");
        assertThat(ReleaseDescriptions.config(old.diff(old.without("A")))).isEqualTo("Remove A config vars");
        assertThat(ReleaseDescriptions.config(old.diff(old.without("A").with("C", "4"))))
                .isEqualTo("Set C, remove A config vars");
    }

    @Test
    void namesTheReleaseThatIsRetried() {
        Release failed = new Release(
                40,
                ReleaseStatus.FAILED,
                Instant.EPOCH,
                "ada",
                "Deploy 1a2b3c4d",
                Optional.empty(),
                ConfigVars.empty(),
                List.of());

        assertThat(ReleaseDescriptions.retry(failed)).isEqualTo("Retry of v40: Deploy 1a2b3c4d");
    }
}
