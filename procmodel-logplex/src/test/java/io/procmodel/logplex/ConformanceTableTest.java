package io.procmodel.logplex;

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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of conformance cases says the truth: what it calls tested has a test with its tag, what it does not has a reason. */
class ConformanceTableTest {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"(C\\d+)\"\\)");

    private record Row(String id, String what, String status, String reason) {
        static Row parse(String line) {
            String[] parts = line.split("\t", -1);
            return new Row(parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : "");
        }
    }

    @Test
    void hasEveryCaseOnceInOrder() throws IOException {
        assertThat(rows())
                .extracting(Row::id)
                .isEqualTo(IntStream.rangeClosed(1, 58).mapToObj(i -> "C" + i).toList());
    }

    @Test
    void callsTestedExactlyWhatHasATest() throws IOException {
        Set<String> tagged = tagsOfTests();
        for (Row row : rows()) {
            assertThat(row.status()).as(row.id()).isIn("tested", "not here");
            assertThat(tagged.contains(row.id()))
                    .as(row.id() + " has a test")
                    .isEqualTo(row.status().equals("tested"));
            assertThat(row.reason().isEmpty())
                    .as(row.id() + " has no reason")
                    .isEqualTo(row.status().equals("tested"));
        }
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

    private static Set<String> tagsOfTests() throws IOException {
        Set<String> tags = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src", "test", "java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Matcher matcher = TAG.matcher(Files.readString(source));
                while (matcher.find()) {
                    tags.add(matcher.group(1));
                }
            }
        }
        return tags;
    }
}
