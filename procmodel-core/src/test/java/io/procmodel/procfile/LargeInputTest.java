package io.procmodel.procfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Big inputs that would take hours if any step were quadratic; the time limit only ends such a run. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LargeInputTest {
    private static final int LINES = 50_000;
    private static final int CHARACTERS = 1_000_000;

    enum Shape {
        ENTRIES(text(i -> "t" + i + ": run $X 'y' # z\n")),
        DUPLICATES(text(i -> "web: " + i + "\n")),
        CARRIAGE_RETURNS("\r".repeat(CHARACTERS)),
        MIXED_ENDS(text(i -> i % 2 == 0 ? "a" + i + ": b\r" : "a" + i + ": b\r\n")),
        NO_COLONS(text(i -> "web " + i + "\n")),
        MERGE_MARKS(text(i -> "<<<<<<<\n")),
        ONE_LINE("web: " + "a ".repeat(CHARACTERS / 2)),
        ONE_NAME("a".repeat(CHARACTERS)),
        BLANKS(" ".repeat(CHARACTERS) + ":"),
        HASHES("web: " + " #".repeat(CHARACTERS / 2)),
        BACKSLASHES("web: " + "\\".repeat(CHARACTERS)),
        CONTINUATION("web: \\\n" + "\\\n".repeat(LINES)),
        QUOTES(text(i -> "A" + i + "='\"\n")),
        OPEN_QUOTE("A=\"" + "\\\"\n".repeat(LINES)),
        ESCAPES("A=\"" + "\\z".repeat(CHARACTERS / 2) + "\""),
        REFERENCES("A=" + "${B}".repeat(CHARACTERS / 4)),
        OPEN_REFERENCES("A=" + "${B:-".repeat(CHARACTERS / 5)),
        CHAIN(text(i -> "A" + i + "=${A" + (i + 1) + "}\n")),
        SELF(text(i -> "A=${A}b\n"));

        private final String text;

        Shape(String text) {
            this.text = text;
        }

        private static String text(IntFunction<String> line) {
            return IntStream.range(0, LINES).mapToObj(line).collect(Collectors.joining());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyDialectEndsSoon(Shape shape) {
        for (ProcfileDialect dialect : ProcfileDialect.values()) {
            List<Diagnostic> found =
                    Procfile.reader().dialect(dialect).continuation(true).lint(shape.text);
            assertThat(found).as("%s", dialect).hasSizeLessThan(10 * LINES);
        }
        assertThat(Procfile.compare(shape.text).outcomes()).hasSize(ProcfileDialect.values().length);
    }

    @ParameterizedTest
    @EnumSource
    void everyEnvironmentEndsSoon(Shape shape) {
        for (Interpolation interpolation : Interpolation.values()) {
            List<Diagnostic> found =
                    DotEnv.reader().interpolation(interpolation).lint(shape.text);
            assertThat(found).as("%s", interpolation).hasSizeLessThan(10 * LINES);
        }
    }
}
