package io.procmodel.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.conformance.Vector.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The shared data beside the project; tests that need it are skipped where it is missing. */
final class Conformance {
    private Conformance() {}

    static Path folder() {
        Path module = Path.of("").toAbsolutePath();
        Path folder = module.resolve("../../shared/conformance").normalize();
        assumeTrue(Files.isDirectory(folder), () -> "no conformance data in " + folder);
        return folder;
    }

    static List<Path> files(String name, String glob) {
        try (Stream<Path> files = Files.list(folder().resolve(name))) {
            var matcher = folder().getFileSystem().getPathMatcher("glob:" + glob);
            return files.filter(file -> matcher.matches(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Vector> vectors(String kind) {
        try (Stream<String> lines = Files.lines(folder().resolve("vectors.jsonl"))) {
            return lines.map(line -> (Map<?, ?>) Json.value(line))
                    .filter(fields -> fields.get("kind").equals(kind))
                    .map(Conformance::vector)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Vector vector(Map<?, ?> fields) {
        Object expected = fields.get("expect");
        if (expected instanceof Map<?, ?> object && object.containsKey("processes")) {
            expected = object.get("processes");
        }
        List<?> types = fields.get("types") instanceof List<?> list ? list : List.of();
        return new Vector(
                (String) fields.get("kind"),
                (String) fields.get("source"),
                (String) fields.get("input"),
                types.stream().map(String.class::cast).toList(),
                expected == null ? Answer.ERROR : Answer.of(expected),
                (String) fields.get("note"));
    }
}
