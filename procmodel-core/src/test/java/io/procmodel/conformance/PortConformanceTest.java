package io.procmodel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.procmodel.error.ProcModelException;
import io.procmodel.local.LocalRun;
import io.procmodel.runtime.PortRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which port each process of a local run gets: all port vectors, none deviates. */
class PortConformanceTest {
    @TempDir
    Path directory;

    static Stream<Map<?, ?>> vectors() {
        try (Stream<String> lines = Files.lines(Conformance.folder().resolve("vectors.jsonl"))) {
            List<Map<?, ?>> vectors = lines.map(line -> (Map<?, ?>) Json.value(line))
                    .filter(fields -> "port".equals(fields.get("kind")))
                    .collect(Collectors.toList());
            return vectors.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void portsAreThoseOfTheVector(Map<?, ?> vector) throws IOException {
        Map<?, ?> input = (Map<?, ?>) vector.get("input");

        if (Boolean.TRUE.equals(vector.get("error"))) {
            assertThat(catchThrowable(() -> run(input).ports())).isInstanceOf(ProcModelException.class);
            return;
        }
        Map<String, Long> ports = new LinkedHashMap<>();
        run(input)
                .ports()
                .forEach((name, port) -> ports.put(name.toString(), (long) ((PortRequest.Fixed) port).port()));
        Map<String, Long> expected = new LinkedHashMap<>();
        ((Map<?, ?>) vector.get("expect"))
                .forEach((name, port) -> expected.put((String) name, ((Number) port).longValue()));
        assertThat(ports).as(String.valueOf(vector.get("note"))).isEqualTo(expected);
    }

    private LocalRun run(Map<?, ?> input) throws IOException {
        Files.writeString(directory.resolve("Procfile"), (String) input.get("procfile"));
        if (input.get("dotenv") instanceof Map<?, ?> variables) {
            Files.write(
                    directory.resolve(".env"),
                    variables.entrySet().stream()
                            .map(entry -> entry.getKey() + "='" + entry.getValue() + "'")
                            .toList(),
                    UTF_8);
        }
        LocalRun run = LocalRun.in(directory).hostEnvironment(strings(input.get("os_env")));
        if (input.get("formation") instanceof String formation) {
            run = run.formation(formation);
        }
        if (input.get("only") instanceof List<?> only) {
            run = run.formation(only.stream().map(type -> type + "=1").collect(Collectors.joining(",")));
        }
        return input.get("port") instanceof Number port ? run.basePort(port.intValue()) : run;
    }

    private static Map<String, String> strings(Object object) {
        Map<String, String> strings = new LinkedHashMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> strings.put((String) key, (String) value));
        }
        return strings;
    }
}
