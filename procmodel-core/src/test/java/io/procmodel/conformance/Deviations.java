package io.procmodel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.conformance.Vector.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The answers that differ from the expected ones on purpose: lines {@code kind reader name reason}, separated by tabs, in
 * one resource file. The name is that of a vector, or of a rule, such as the code of a diagnostic, that explains any
 * number of them. An unlisted deviation fails, and so does a listed vector that no longer deviates.
 */
final class Deviations {
    private final String kind;
    private final Map<String, String> listed = new LinkedHashMap<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private final Map<String, String> unlisted = new TreeMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> explained = new LinkedHashSet<>();

    Deviations(String kind) {
        this.kind = kind;
        try (InputStream in = Objects.requireNonNull(Deviations.class.getResourceAsStream("deviations.tsv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(this::list);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Excuses a vector by a rule, if that rule is listed. */
    void explain(String reader, Vector vector, String rule) {
        if (listed.containsKey(kind + "\t" + reader + "\t" + rule)) {
            explained.add(kind + "\t" + reader + "\t" + vector.name());
        }
    }

    void check(String reader, Vector vector, Answer expected, Answer actual) {
        String key = kind + "\t" + reader + "\t" + vector.name();
        known.add(key);
        if (expected.equals(actual)) {
            return;
        }
        seen.add(key);
        if (!listed.containsKey(key) && !explained.contains(key)) {
            unlisted.put(
                    key,
                    vector.source() + " " + vector.input() + "\n    expected " + expected + "\n    but was  " + actual);
        }
    }

    /** Fails with both kinds of surprises; vectors that are not in the data are no surprise. */
    void assertNoSurprise() {
        assertThat(unlisted).as("deviations that deviations.tsv does not list").isEmpty();
        assertThat(listed.keySet())
                .filteredOn(key -> known.contains(key) && !seen.contains(key))
                .as("listed deviations that are none any more")
                .isEmpty();
    }

    private void list(String line) {
        String[] fields = line.split("\t", -1);
        assertThat(fields).as("fields of: " + line).hasSize(4);
        assertThat(fields[3]).as("reason of: " + line).isNotBlank();
        if (fields[0].equals(kind)) {
            listed.put(fields[0] + "\t" + fields[1] + "\t" + fields[2], fields[3]);
        }
    }
}
