package io.procmodel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/releases.md: every rule is there, and the tests that it names quote its number. */
class RuleTableTest {
    private static final Path TABLE = Path.of("../docs/releases.md");
    private static final Pattern ROW = Pattern.compile("^\\| ((?:REL|CFG|ADD)-\\d+) \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|IT|Contract))`");
    private static final Map<String, Integer> RULES = Map.of("REL", 28, "CFG", 10, "ADD", 24);

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher matcher = ROW.matcher(Files.readString(TABLE));
        while (matcher.find()) {
            rows.put(matcher.group(1), matcher.group(2));
        }
        return rows;
    }

    @Test
    void everyRuleHasATestOrAReason() throws IOException {
        List<String> all = new ArrayList<>();
        RULES.forEach((kind, count) -> {
            for (int number = 1; number <= count; number++) {
                all.add(kind + "-" + number);
            }
        });
        assertThat(rows()).containsOnlyKeys(all);
        assertThat(rows())
                .allSatisfy((rule, held) -> assertThat(NAME.matcher(held).find() || held.startsWith("no test: "))
                        .as(rule)
                        .isTrue());
    }

    @Test
    void theTestsThatAreNamedQuoteTheRule() throws IOException {
        Map<String, String> sources = testSources();
        rows().forEach((rule, held) -> {
            Matcher names = NAME.matcher(held);
            while (names.find()) {
                assertThat(sources).containsKey(names.group(1));
                assertThat(sources.get(names.group(1)))
                        .as("%s in %s", rule, names.group(1))
                        .containsPattern("\\b" + rule + "\\b");
            }
        });
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String name = String.valueOf(file.getFileName());
                sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
            }
        }
        return sources;
    }
}
