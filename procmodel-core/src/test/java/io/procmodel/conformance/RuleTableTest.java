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

/** The tables of docs/releases.md and docs/build.md: every rule is there, and the tests that they name quote its number. */
class RuleTableTest {
    private static final List<Path> TABLES = List.of(Path.of("../docs/releases.md"), Path.of("../docs/build.md"));
    private static final Pattern ROW =
            Pattern.compile("^\\| ((?:REL|CFG|ADD|BLD)-\\d+) \\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|IT|Contract))`");
    private static final Map<String, Integer> RULES = Map.of("REL", 28, "CFG", 10, "ADD", 24, "BLD", 31);
    private static final List<Path> TESTS = List.of(
            Path.of("src/test/java"), Path.of("../procmodel-git/src/test/java"), Path.of("../examples/src/test/java"));

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        for (Path table : TABLES) {
            Matcher matcher = ROW.matcher(Files.readString(table));
            while (matcher.find()) {
                rows.put(matcher.group(1), matcher.group(2));
            }
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
        for (Path tests : TESTS) {
            try (Stream<Path> files = Files.walk(tests)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = String.valueOf(file.getFileName());
                    sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
                }
            }
        }
        return sources;
    }
}
