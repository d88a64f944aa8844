package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BLD-18. */
class ReleaseYamlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "default_process_types: {web: &a [[*a]]}",
                "default_process_types: &a [[*a]]",
                "addons: [&a {b: {c: *a}}]",
                "addons: &a {b: {c: *a}}",
                "&a [[*a]]",
            })
    void refusesWhatHoldsItselfWithoutShowingIt(String yaml) {
        assertThatThrownBy(() -> new ReleaseYaml("perl").parse(yaml))
                .isInstanceOf(BuildpackException.class)
                .hasMessageMatching(".*bin/release gives .*: \"a (map|list)\".*");
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertThatThrownBy(() -> new ReleaseYaml("perl").parse("[".repeat(500_000)))
                .isInstanceOf(BuildpackException.class)
                .hasMessageContaining("the output of bin/release is nested too deep");
        assertThatThrownBy(() -> AppJson.parse("{\"a\": " + "[".repeat(500_000)))
                .isInstanceOf(AppJsonException.class)
                .hasMessageContaining("is nested too deep");
    }

    @Test
    void anAppJsonThatHoldsItselfIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> AppJson.parse("{formation: {web: {quantity: &a [[*a]]}}, env: {A: {generator: *a}}}"))
                .isInstanceOf(AppJsonException.class)
                .hasMessageContaining("formation.web.quantity: an array (expected: 0 or more)")
                .hasMessageContaining("env.A.generator: \"an array\" (expected: \"secret\")");
    }
}
