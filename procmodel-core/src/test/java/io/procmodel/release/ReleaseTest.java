package io.procmodel.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.config.ConfigVars;
import io.procmodel.error.InvalidValueException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseTest {
    private static final ConfigVars SECRET = ConfigVars.empty().with("TOKEN", "s3cret");

    @Test
    void printsItsVersionAndDescriptionAndNoConfig() {
        Release release = new Release(
                3,
                ReleaseStatus.SUCCEEDED,
                Instant.EPOCH,
                "ada",
                "Deploy 1a2b3c4d",
                Optional.of(Releases.slug('1')),
                SECRET,
                List.of());

        assertThat(release).hasToString("v3 Deploy 1a2b3c4d");
        assertThat(release.processTypes()).hasSize(2);
        assertThat(ReleaseDraft.like(release, "bob", "again").toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines", "tab\there", "half\ud800"})
    void refusesTextsThatAreNotOneLine(String text) {
        assertThatThrownBy(() -> ReleaseDraft.of("ada", text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("release description");
        assertThatThrownBy(() -> ReleaseDraft.of(text, "Deploy"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("release author");
    }
}
