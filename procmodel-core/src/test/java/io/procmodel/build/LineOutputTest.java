package io.procmodel.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineOutputTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000})
    void cutsLinesHoweverTheBytesArrive(int chunk) {
        List<String> lines = new ArrayList<>();
        byte[] bytes = "größe\n\r\n☃\r\nlast".getBytes(UTF_8);
        try (LineOutput out = new LineOutput(lines::add)) {
            for (int i = 0; i < bytes.length; i += chunk) {
                out.write(bytes, i, Math.min(chunk, bytes.length - i));
            }
        }
        assertThat(lines).containsExactly("größe", "", "☃", "last");
    }

    @Test
    void handsOnALineWithoutAnEndInParts() {
        List<String> lines = new ArrayList<>();
        try (LineOutput out = new LineOutput(lines::add)) {
            out.write("x".repeat(25_000).getBytes(UTF_8), 0, 25_000);
        }
        assertThat(lines).extracting(String::length).containsExactly(10_000, 10_000, 5_000);
    }
}
