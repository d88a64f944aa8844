package io.procmodel.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the table of docs/dyno-rules.md against the tests: each rule that applies is quoted by those that it names. */
class HerokuRulesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern ROW = Pattern.compile("\\| ((?:DYN-|R)\\d+) \\| (.+?) \\|");
    private static final int LAST_DYN = 88;
    private static final List<String> R_CODES = List.of("R10", "R11", "R12", "R13", "R14", "R15", "R16", "R17", "R99");

    @Test
    void everyRuleHasARow() throws IOException {
        List<String> rules = Stream.concat(
                        IntStream.rangeClosed(1, LAST_DYN).mapToObj(number -> "DYN-" + number), R_CODES.stream())
                .toList();

        assertThat(rows()).containsOnlyKeys(rules);
    }

    @Test
    void everyRuleThatAppliesIsQuotedInTheTestsOfItsRow() throws IOException {
        Map<String, String> sources = testSources();
        for (Map.Entry<String, String> row : rows().entrySet()) {
            if (!row.getValue().startsWith("does not apply: ")
                    && !row.getValue().startsWith("open: ")) {
                for (String test : Splitter.on(", ").split(row.getValue())) {
                    assertThat(sources).as(row.getKey() + " names a test").containsKey(test);
                    assertThat(sources.get(test)).as(test).containsPattern("\\b" + row.getKey() + "\\b");
                }
            }
        }
    }

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/dyno-rules.md")));
        while (row.find()) {
            assertThat(rows.put(row.group(1), row.group(2)))
                    .as("one row for " + row.group(1))
                    .isNull();
        }
        return rows;
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                readInto(sources, tests);
            }
        }
        return sources;
    }

    private static void readInto(Map<String, String> sources, Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString();
                sources.merge(
                        name.substring(0, name.length() - ".java".length()), Files.readString(file), String::concat);
            }
        }
    }
}
