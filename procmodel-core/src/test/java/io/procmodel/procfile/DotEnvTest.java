package io.procmodel.procfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DotEnvTest {
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("A=b", "b"),
                Arguments.of("\uFEFFA=b", "b"),
                Arguments.of("  export\tA = b  ", "b"),
                Arguments.of("A: b", "b"),
                Arguments.of("A:", ""),
                Arguments.of("A=", ""),
                Arguments.of("A= # comment", ""),
                Arguments.of("A=#b", "#b"),
                Arguments.of("A=p@ss#word # comment", "p@ss#word"),
                Arguments.of("A='b # c'#comment", "b # c"),
                Arguments.of("A=\"b\" # it's", "b"),
                Arguments.of("A='\\n$B'", "\\n$B"),
                Arguments.of("A=\"\\n\\r\\t\\\"\\\\\\$\"", "\n\r\t\"\\$"),
                Arguments.of("A='1\r\n2\r3'", "1\n2\n3"),
                Arguments.of("A=\"1\n#2\n3\"", "1\n#2\n3"),
                Arguments.of("A=`b c`", "`b c`"),
                Arguments.of("A=C:\\new", "C:\\new"),
                Arguments.of("A={\"b\": 'c'}", "{\"b\": 'c'}"),
                Arguments.of("A=it's", "it's"),
                Arguments.of("A=1\nA=2", "2"));
    }

    static Stream<Arguments> warnings() {
        return Stream.of(
                Arguments.of("A='b", "'b", DiagnosticCode.UNBALANCED_QUOTE),
                Arguments.of("A=\"b\" c", "\"b\" c", DiagnosticCode.TEXT_AFTER_QUOTE),
                Arguments.of("A=\"\\z\"", "z", DiagnosticCode.UNKNOWN_ESCAPE),
                Arguments.of("A=$(pwd)", "$(pwd)", DiagnosticCode.COMMAND_SUBSTITUTION),
                Arguments.of("A=0\nA=1", "1", DiagnosticCode.DUPLICATE_VARIABLE),
                Arguments.of("A='\nB=c\n'", "\nB=c\n", DiagnosticCode.SWALLOWED_LINE));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("A", DiagnosticCode.NOT_AN_ASSIGNMENT, 1),
                Arguments.of("some words", DiagnosticCode.NOT_AN_ASSIGNMENT, 1),
                Arguments.of("=b", DiagnosticCode.VARIABLE_NAME, 1),
                Arguments.of("1A=b", DiagnosticCode.VARIABLE_NAME, 1),
                Arguments.of("A+B=c", DiagnosticCode.VARIABLE_NAME, 2),
                Arguments.of("A B=c", DiagnosticCode.VARIABLE_NAME, 2),
                Arguments.of("export A", DiagnosticCode.EXPORT_WITHOUT_VALUE, 8),
                Arguments.of("A=b\0c", DiagnosticCode.CONTROL_CHARACTER, 5));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsAValue(String text, String value) {
        assertThat(DotEnv.parse(text).asMap()).containsExactly(entry("A", value));
    }

    @ParameterizedTest
    @MethodSource("warnings")
    void warnsOfAValueThatIsHardlyMeant(String text, String value, DiagnosticCode code) {
        DotEnv variables = DotEnv.parse(text);
        assertThat(variables.asMap()).containsExactly(entry("A", value));
        assertThat(variables.diagnostics()).extracting(Diagnostic::code).containsExactly(code);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void refusesALineThatSetsNothing(String text, DiagnosticCode code, int column) {
        assertThat(DotEnv.lint("Z=1\n" + text)).singleElement().satisfies(found -> {
            assertThat(found.code()).isEqualTo(code);
            assertThat(found.severity()).isEqualTo(Severity.ERROR);
            assertThat(found.line()).isEqualTo(2);
            assertThat(found.column()).isEqualTo(column);
        });
        assertThatThrownBy(() -> DotEnv.parse(text)).isInstanceOf(DotEnvException.class);
    }

    @Test
    void keepsTheOrderAndTheOriginOfEachVariable() {
        DotEnv variables = DotEnv.parse("# c\nB='1\n2'\nA=3\nB=4\nexport B\n");
        assertThat(variables.asMap()).containsExactly(entry("B", "4"), entry("A", "3"));
        assertThat(variables.origin("A")).hasToString("Optional[.env:4]");
        assertThat(variables.origin("B")).contains(new VariableOrigin(".env", 5));
        assertThat(variables.origin("C")).isEmpty();
    }

    @Test
    void neverSwallowsTheLinesAfterAnUnclosedQuote() {
        assertThat(DotEnv.parse("A='x\nB=2\nC=\"y\nD=4").asMap())
                .containsExactly(entry("A", "'x"), entry("B", "2"), entry("C", "\"y"), entry("D", "4"));
    }

    @Test
    void laterFilesOverrideEarlierOnes(@TempDir Path directory) throws IOException {
        Path first = Files.writeString(directory.resolve(".env"), "A=1\nB=2\n");
        Path second = Files.writeString(directory.resolve(".env.local"), "B=${B}3\nC=4\n");

        DotEnv variables = DotEnv.reader().interpolation(Interpolation.BRACES).read(first, second);

        assertThat(variables.asMap()).containsExactly(entry("A", "1"), entry("B", "23"), entry("C", "4"));
        assertThat(variables.origin("A")).contains(new VariableOrigin(first.toString(), 1));
        assertThat(variables.origin("B")).contains(new VariableOrigin(second.toString(), 1));
        assertThat(variables.diagnostics()).isEmpty();
    }

    @Test
    void namesTheFileOfAnError(@TempDir Path directory) throws IOException {
        Path good = Files.writeString(directory.resolve("good"), "A=1\n");
        Path bad = Files.writeString(directory.resolve("bad"), "A=1\nhunter2\n");
        Path bytes = Files.write(directory.resolve("bytes"), new byte[] {'A', '=', (byte) 0xC0});

        assertThatThrownBy(() -> DotEnv.read(good, bad))
                .isInstanceOf(DotEnvException.class)
                .hasMessageContaining(bad + ":2:1 error not-an-assignment")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> DotEnv.read(bytes))
                .isInstanceOf(DotEnvException.class)
                .hasMessageContaining(bytes + ":1:3 error not-utf-8");
    }

    @Test
    void printsNamesOnly() {
        assertThat(DotEnv.parse("A=hunter2\nB=swordfish\n")).hasToString("DotEnv[A, B]");
    }

    @Test
    void replacesNothingUnlessAsked() {
        assertThat(DotEnv.parse("A=${B:-c}$B").asMap()).containsValue("${B:-c}$B");
        assertThat(resolved("A=${B}$B", Interpolation.BRACES)).containsEntry("A", "outer$B");
    }

    @Test
    void replacesReferencesOutsideSingleQuotes() {
        assertThat(resolved(
                        "A=$B-${B}-\"x\nC='$B'\nD=\"$B ${E}\"\nE=later\nF=\"\\$B\"\nG=\\$B\nH=$1$$",
                        Interpolation.FULL))
                .containsExactly(
                        entry("A", "outer-outer-\"x"),
                        entry("C", "$B"),
                        entry("D", "outer later"),
                        entry("E", "later"),
                        entry("F", "$B"),
                        entry("G", "$B"),
                        entry("H", "$1$$"));
    }

    @Test
    void takesDefaultsForVariablesWithoutAValue() {
        assertThat(resolved("A=${X:-${Y:-z}}\nX=\nC=${B:-d}\nD=[${X:-}]", Interpolation.BRACES))
                .containsExactly(entry("A", "z"), entry("X", ""), entry("C", "outer"), entry("D", "[]"));
    }

    @Test
    void aVariableThatRefersToItselfMeansWhatItOverrides() {
        assertThat(resolved("B=${B}:1\nB=${B}:2", Interpolation.BRACES)).containsEntry("B", "outer:1:2");
    }

    @Test
    void namesEveryStepOfACycle() {
        assertThatThrownBy(() -> resolved("A=${C}\nC=${D}\nD=x${A}", Interpolation.BRACES))
                .isInstanceOf(DotEnvException.class)
                .hasMessageContaining("A (.env:1) -> C (.env:2) -> D (.env:3) -> A");
    }

    @Test
    void saysWhichVariableIsMissing() {
        assertThat(DotEnv.reader()
                        .interpolation(Interpolation.BRACES)
                        .parse("A=${X}")
                        .diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(DiagnosticCode.UNSET_VARIABLE);
        assertThatThrownBy(() -> resolved("A=${X:?}", Interpolation.BRACES)).hasMessageContaining("A needs X");
        assertThatThrownBy(() -> resolved("A=${X", Interpolation.BRACES)).hasMessageContaining("broken-reference");
    }

    @Test
    void boundsWhatReferencesCanGrowTo() {
        StringBuilder laughs = new StringBuilder("V0=" + "ha".repeat(100) + "\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("V")
                    .append(i)
                    .append("=${V")
                    .append(i - 1)
                    .append("}${V")
                    .append(i - 1)
                    .append("}\n");
        }
        assertThatThrownBy(() -> resolved(laughs.toString(), Interpolation.BRACES))
                .hasMessageContaining("reference-limit");
        assertThatThrownBy(() -> resolved("A=" + "${X:-".repeat(1000), Interpolation.BRACES))
                .hasMessageContaining("reference-limit");
    }

    private static Map<String, String> resolved(String text, Interpolation interpolation) {
        return DotEnv.reader()
                .interpolation(interpolation)
                .environment(Map.of("B", "outer"))
                .parse(text)
                .asMap();
    }
}
