package io.procmodel.procfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DotEnvTextTest {
    private static final String CHARACTERS =
            "abcXYZ019_-./:@+,% \t\n\r\"'\\$`#=!&|;<>(){}[]*?~^\u0001\u001b\u007f\u0085\u00a0äß\u2028😀";

    @Test
    void writesPlainWordsAsTheyAreAndQuotesTheRest() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("URL", "postgres://u:p@h:5432/d");
        variables.put("EMPTY", "");
        variables.put("TEXT", "a \"b\" $c \\ # d\ne");

        assertThat(DotEnvText.of(variables))
                .isEqualTo("URL=postgres://u:p@h:5432/d\nEMPTY=\nTEXT=\"a \\\"b\\\" \\$c \\\\ # d\\ne\"\n");
    }

    /** Whatever a config var may hold comes back. */
    @Test
    void isReadBackUnchanged() {
        Random random = new Random(7);
        int[] points = CHARACTERS.codePoints().toArray();
        for (int round = 0; round < 2_000; round++) {
            Map<String, String> variables = new LinkedHashMap<>();
            for (int i = 0; i < 4; i++) {
                StringBuilder value = new StringBuilder();
                for (int length = random.nextInt(12); length > 0; length--) {
                    value.appendCodePoint(points[random.nextInt(points.length)]);
                }
                variables.put("KEY_" + i, value.toString());
            }
            assertThat(DotEnv.parse(DotEnvText.of(variables)).asMap())
                    .as(DotEnvText.of(variables))
                    .isEqualTo(variables);
        }
    }
}
