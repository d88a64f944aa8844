package io.procmodel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CFG-1. */
class ConfigKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"A", "_", "GREETING", "greeting", "A1_B2", "__X", "HEROKU_X"})
    void acceptsLettersDigitsAndUnderscores(String key) {
        assertThat(ConfigKey.of(key)).hasToString(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1A", "A-B", "A.B", "A B", " A", "A\n", "ÄRGER", "A\0"})
    void refusesAnythingElseAndNamesTheKeyAndTheRule(String key) {
        assertThatThrownBy(() -> ConfigKey.of(key))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("config key: \"" + key
                        + "\" (expected: letters, digits and underscores, not beginning with a digit)");
    }

    @Test
    void masksTheValueOfAPairThatWasGivenAsAKey() {
        assertThatThrownBy(() -> ConfigKey.of("TOKEN=s3cret"))
                .hasMessageContaining("\"TOKEN=[hidden]\"")
                .hasMessageNotContaining("s3cret");
    }
}
