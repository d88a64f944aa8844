package io.procmodel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.procmodel.error.InvalidValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigVarsTest {
    private static final String SECRET = "s3cret";

    private final ConfigVars vars =
            ConfigVars.empty().with("ZED", "1").with("ALPHA", SECRET).with("MID", "");

    @Test
    void keepsTheOrderInWhichKeysWereFirstSet() {
        assertThat(vars.keys()).containsExactly("ZED", "ALPHA", "MID");
        assertThat(vars.with("ALPHA", "new").with("NEW", "x").keys()).containsExactly("ZED", "ALPHA", "MID", "NEW");
        assertThat(vars.asMap().entrySet())
                .containsExactly(Map.entry("ZED", "1"), Map.entry("ALPHA", SECRET), Map.entry("MID", ""));
    }

    /** CFG-4: an empty text is a value, an absent key is none. */
    @Test
    void tellsAnEmptyValueFromAnAbsentKey() {
        assertThat(vars.get("MID")).contains(ConfigValue.of(""));
        assertThat(vars.get("OTHER")).isEmpty();
    }

    @Test
    void changesOnlyTheCopy() {
        ConfigVars fewer = vars.without("ZED", "UNKNOWN");

        assertThat(fewer.keys()).containsExactly("ALPHA", "MID");
        assertThat(vars.size()).isEqualTo(3);
        assertThat(vars.without("ZED", "ALPHA", "MID")).isEqualTo(ConfigVars.empty());
    }

    @Test
    void isEqualByKeysAndValuesWhateverTheOrder() {
        ConfigVars reordered = ConfigVars.of(Map.of("MID", "", "ALPHA", SECRET, "ZED", "1"));

        assertThat(reordered).isEqualTo(vars).hasSameHashCodeAs(vars);
        assertThat(vars.with("ZED", "2")).isNotEqualTo(vars);
    }

    @Test
    void printsKeysAndNeverAValue() {
        assertThat(vars).hasToString("[ZED, ALPHA, MID]");
        assertThat(vars.get("ALPHA").orElseThrow()).hasToString("[hidden]");
        assertThat(vars.get("ALPHA").orElseThrow().reveal()).isEqualTo(SECRET);
    }

    @Test
    void namesTheKeysThatDifferWithoutTheirValues() {
        ConfigDiff diff = vars.diff(vars.without("ZED").with("ALPHA", "other").with("NEW", "x"));

        assertThat(diff).isEqualTo(new ConfigDiff(List.of("NEW"), List.of("ZED"), List.of("ALPHA")));
        assertThat(vars.diff(vars).isEmpty()).isTrue();
    }

    /** CFG-5. */
    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a=b=c", "  padded  ", "\"quoted\"", "héllo 😀"})
    void carriesAnyTextUnchanged(String text) {
        assertThat(vars.with("TEXT", text).asMap()).containsEntry("TEXT", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET + "\0", SECRET + "\ud800", "\udc00" + SECRET})
    void refusesWhatNoEnvironmentCanCarryAndKeepsItSecret(String text) {
        assertThatThrownBy(() -> vars.with("TOKEN", text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("TOKEN")
                .hasMessageNotContaining(SECRET);
    }

    /** CFG-2: keys and values count, in bytes. */
    @Test
    void allowsExactly64KilobytesOfKeysAndValues() {
        String almost = "é".repeat((ConfigVars.MAX_BYTES - 2) / 2);

        assertThat(ConfigVars.empty().with("AB", almost).size()).isEqualTo(1);
        assertThatThrownBy(() -> ConfigVars.empty().with("ABC", almost)).isInstanceOf(ConfigTooLargeException.class);
    }

    /** CFG-2. */
    @Test
    void namesTheSizesAndKeysOfATooLargeConfigButNoValue() {
        Map<String, String> large = new LinkedHashMap<>();
        large.put("SMALL", SECRET);
        large.put("LARGE", SECRET.repeat(20_000));

        ConfigTooLargeException refused =
                catchThrowableOfType(ConfigTooLargeException.class, () -> ConfigVars.of(large));

        assertThat(refused.bytes()).isEqualTo(10 + 6 + 120_000);
        assertThat(refused.limit()).isEqualTo(65_536);
        assertThat(refused.keys()).containsExactly("LARGE", "SMALL");
        assertThat(refused)
                .hasMessage("config vars: 120016 bytes (expected: at most 65536 bytes of keys and values together;"
                        + " LARGE: 120005, SMALL: 11)")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void refusesABadKeyAmongGoodOnes() {
        assertThatThrownBy(() -> ConfigVars.of(Map.of("GOOD", "x", "bad-key", SECRET)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("bad-key")
                .hasMessageNotContaining(SECRET);
    }
}
