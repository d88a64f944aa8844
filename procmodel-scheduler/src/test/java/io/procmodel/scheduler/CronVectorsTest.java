package io.procmodel.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every public cron vector under its labelled rule; a deviation has to be listed with its reason. */
class CronVectorsTest {
    private static final String DEVIATIONS = "cron-deviations.txt";
    private static final int COMPARED = 100;
    private static final List<Instant> STARTS =
            List.of(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2024-02-28T23:59:30Z"));

    @Test
    void allVectorsHoldUnderTheirLabelledRuleExceptListedDeviations() throws IOException {
        Map<String, String> failures = new LinkedHashMap<>();
        List<CronVector> vectors = vectors();
        for (CronVector vector : vectors) {
            check(vector).ifPresent(reason -> failures.put(vector.name(), reason));
        }
        Set<String> listed = listedDeviations();
        assertThat(vectors).isNotEmpty();
        assertThat(failures.keySet())
                .as("deviations, and only those, are listed in %s: %s", DEVIATIONS, failures)
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    private static List<CronVector> vectors() throws IOException {
        Path file = Path.of(System.getProperty("procmodel.conformance", "../../shared/conformance"))
                .resolve("cron-vectors.jsonl");
        assumeTrue(Files.exists(file), () -> file.toAbsolutePath() + " is missing");
        return Files.readAllLines(file, UTF_8).stream().map(CronVector::parse).toList();
    }

    /** The listed names: each line is a name, a tab and a reason. */
    private static Set<String> listedDeviations() throws IOException {
        Set<String> names = new TreeSet<>();
        try (InputStream in = CronVectorsTest.class.getResourceAsStream(DEVIATIONS)) {
            for (String line : new String(in.readAllBytes(), UTF_8).split("\n", -1)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split("\t", -1);
                    assertThat(parts).as("name, tab, reason: %s", line).hasSize(2);
                    names.add(parts[0]);
                }
            }
        }
        return names;
    }

    /** What is wrong, or empty. */
    private static Optional<String> check(CronVector vector) {
        try {
            if (vector.isError()) {
                CronSchedule accepted = vector.schedule(vector.text("expr"));
                return Optional.of("accepted as " + accepted.describe());
            }
            return vector.isEquality() ? checkEquality(vector) : checkNext(vector);
        } catch (InvalidScheduleException e) {
            return vector.isError() ? Optional.empty() : Optional.of(e.getMessage());
        }
    }

    private static Optional<String> checkEquality(CronVector vector) {
        CronSchedule left = vector.schedule(vector.text("expr"));
        CronSchedule right = vector.schedule(vector.text("equals"));
        for (Instant start : STARTS) {
            List<Instant> expected = next(right, start, COMPARED);
            List<Instant> actual = next(left, start, COMPARED);
            if (!actual.equals(expected)) {
                return Optional.of(left.describe() + " is not " + right.describe());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> checkNext(CronVector vector) {
        List<Instant> expected = vector.next();
        CronSchedule schedule = vector.schedule(vector.text("expr"));
        List<Instant> actual = next(schedule, vector.from(), Math.max(1, expected.size()));
        return actual.equals(expected)
                ? Optional.empty()
                : Optional.of(schedule.describe() + " gave " + actual + " (expected: " + expected + ")");
    }

    private static List<Instant> next(Schedule schedule, Instant from, int count) {
        List<Instant> instants = new ArrayList<>();
        Optional<Instant> next = schedule.nextAfter(from);
        while (next.isPresent() && instants.size() < count) {
            instants.add(next.get());
            next = schedule.nextAfter(next.get());
        }
        return instants;
    }
}
