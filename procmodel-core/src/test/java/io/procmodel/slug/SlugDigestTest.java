package io.procmodel.slug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlugDigestTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @Test
    void parsesWhatItPrints() {
        SlugDigest digest = SlugDigest.parse("sha256:" + HEX);

        assertThat(digest).hasToString("sha256:" + HEX);
        assertThat(digest.hex()).isEqualTo(HEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:", "sha256:abc", "sha1:0123", "../../etc/passwd", "SHA256:"})
    void refusesAnythingElseAndNamesIt(String text) {
        assertThatThrownBy(() -> SlugDigest.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("expected: sha256: and 64 lower-case hexadecimal digits");
    }

    @Test
    void refusesUpperCaseBecauseOneSlugHasOneName() {
        assertThatThrownBy(() -> new SlugDigest("A".repeat(64))).isInstanceOf(InvalidValueException.class);
    }
}
