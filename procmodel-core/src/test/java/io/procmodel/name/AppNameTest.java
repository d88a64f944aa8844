package io.procmodel.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PIPE-20. */
class AppNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"abc", "shop", "a-1", "a12345678901234567890123456789"})
    void acceptsTheGrammar(String name) {
        assertThat(AppName.of(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ab", "Shop", "1shop", "shop-", "-shop", "sh_op", "../x", "a123456789012345678901234567890"})
    void refusesAnythingElseAndNamesIt(String name) {
        assertThatThrownBy(() -> AppName.of(name))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("app name: \"" + name + "\" (expected: 3 to 30 of a-z");
    }
}
