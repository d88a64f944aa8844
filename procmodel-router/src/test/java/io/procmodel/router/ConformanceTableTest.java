package io.procmodel.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of conformance rows says the truth: what it calls tested stands in the name of a test, its display name or the
 * comment right above it, and what has no test has a reason.
 */
class ConformanceTableTest {
    /** Comment, annotations and the name of one test. */
    private static final Pattern TEST =
            Pattern.compile("(/\\*\\*[^/]*\\*/\\s*)?@(Test|ParameterizedTest)\\b(?s:.)*?void (\\w+)\\(");

    private static final Pattern WORD = Pattern.compile("[a-z0-9]+(_[a-z0-9]+)*");

    private record Row(String section, String name, String status, String reason) {
        static Row parse(String line) {
            String[] parts = line.split("\t", -1);
            return new Row(parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : "");
        }
    }

    @Test
    void hasEveryRowOnce() throws IOException {
        assertThat(rows())
                .hasSize(235)
                .extracting(row -> row.section() + row.name())
                .doesNotHaveDuplicates();
    }

    @Test
    void callsTestedExactlyWhatHasATest() throws IOException {
        Set<String> names = namesOfTests();
        for (Row row : rows()) {
            boolean tested = row.status().equals("tested");
            assertThat(row.status()).as(row.name()).isIn("tested", "not here");
            assertThat(isNamed(row.name(), names))
                    .as(row.name() + " has a test")
                    .isEqualTo(tested);
            assertThat(row.reason().isEmpty()).as(row.name() + " has no reason").isEqualTo(tested);
        }
    }

    /** By itself, or as one of several in a name that joins them. */
    private static boolean isNamed(String row, Set<String> names) {
        return names.stream().anyMatch(name -> ("_" + name + "_").contains("_" + row + "_"));
    }

    private static List<Row> rows() throws IOException {
        try (InputStream table = ConformanceTableTest.class.getResourceAsStream("conformance.tsv")) {
            assertThat(table).isNotNull();
            return new String(table.readAllBytes(), UTF_8)
                    .lines()
                    .map(Row::parse)
                    .toList();
        }
    }

    private static Set<String> namesOfTests() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src", "test", "java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Matcher test = TEST.matcher(Files.readString(source));
                while (test.find()) {
                    Matcher word = WORD.matcher(test.group());
                    while (word.find()) {
                        names.add(word.group());
                    }
                }
            }
        }
        return names;
    }
}
