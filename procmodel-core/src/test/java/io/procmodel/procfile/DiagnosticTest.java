package io.procmodel.procfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosticTest {
    static Stream<Arguments> mistakes() {
        return Stream.of(
                error("<<<<<<< HEAD", DiagnosticCode.MERGE_CONFLICT_MARK, 1),
                error("=======", DiagnosticCode.MERGE_CONFLICT_MARK, 1),
                error(">>>>>>> 68366c6", DiagnosticCode.MERGE_CONFLICT_MARK, 1),
                error("release: |\n  a\n  b", DiagnosticCode.YAML_BLOCK, 10),
                error("web: >-", DiagnosticCode.YAML_BLOCK, 6),
                error("---", DiagnosticCode.YAML_BLOCK, 1),
                error("- web: a", DiagnosticCode.YAML_BLOCK, 1),
                error("web: a\\", DiagnosticCode.CONTINUED_LINE, 7),
                error("web: a \\\n  b", DiagnosticCode.CONTINUED_LINE, 8),
                error("web node lib/hits.js", DiagnosticCode.MISSING_COLON, 1),
                error("  web node x", DiagnosticCode.MISSING_COLON, 3),
                error("web = a", DiagnosticCode.MISSING_COLON, 1),
                error("web", DiagnosticCode.MISSING_COLON, 1),
                error("heroku ps:scale web=1", DiagnosticCode.STRAY_COMMAND, 1),
                error("python manage.py migrate", DiagnosticCode.STRAY_COMMAND, 1),
                error("echo \"web: node x\" > Procfile", DiagnosticCode.LEFT_OVER_ECHO, 1),
                error("// comment", DiagnosticCode.COMMENT_MARK, 1),
                error("% comment", DiagnosticCode.COMMENT_MARK, 1),
                error("PORT=5000", DiagnosticCode.VARIABLE_ASSIGNMENT, 1),
                error("export A=b", DiagnosticCode.VARIABLE_ASSIGNMENT, 1),
                error("\"web\": a", DiagnosticCode.QUOTED_NAME, 1),
                error("is.web: a", DiagnosticCode.NAME_CHARACTER, 1),
                error("web 1: a", DiagnosticCode.NAME_CHARACTER, 1),
                error("web： a", DiagnosticCode.NAME_CHARACTER, 1),
                error("{{ web }}", DiagnosticCode.TEMPLATE_MARKUP, 1),
                error("-web: a", DiagnosticCode.NAME_START, 1),
                error("web:", DiagnosticCode.EMPTY_COMMAND, 4),
                error("web:  ", DiagnosticCode.EMPTY_COMMAND, 4),
                error("web: a\0b", DiagnosticCode.CONTROL_CHARACTER, 7),
                error("&&&&&", DiagnosticCode.NOT_AN_ENTRY, 1));
    }

    static Stream<Arguments> oddities() {
        return Stream.of(
                warning("\uFEFFweb: a", DiagnosticCode.BYTE_ORDER_MARK, 1),
                warning("web: a\rworker: b", DiagnosticCode.LINE_ENDS, 7),
                warning("web : a", DiagnosticCode.BLANK_BEFORE_COLON, 4),
                warning("web:a", DiagnosticCode.NO_BLANK_AFTER_COLON, 4),
                warning("web: : a", DiagnosticCode.DOUBLE_COLON, 6),
                warning(" web: a", DiagnosticCode.INDENTED_LINE, 2),
                warning("web: a 'b", DiagnosticCode.UNBALANCED_QUOTE, 8),
                warning("web: \"a's", DiagnosticCode.UNBALANCED_QUOTE, 6),
                warning("web: a # b's", DiagnosticCode.TRAILING_COMMENT, 8),
                warning("web: a\u0007", DiagnosticCode.CONTROL_CHARACTER, 7),
                warning("web: \u00A0a", DiagnosticCode.FALSE_BLANK, 6),
                warning("web: a\u200Bb", DiagnosticCode.FALSE_BLANK, 7),
                warning("all: a", DiagnosticCode.NAME_RESERVED, 1));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesTheMistakeAndItsPlace(String text, DiagnosticCode code, int column) {
        assertThat(Procfile.lint(text)).anySatisfy(found -> {
            assertThat(found.severity()).isEqualTo(Severity.ERROR);
            assertThat(found.code()).isEqualTo(code);
            assertThat(found.line()).isEqualTo(1);
            assertThat(found.column()).isEqualTo(column);
            assertThat(found.message()).isNotBlank();
            assertThat(found.hint()).isNotBlank();
        });
        assertThat(errors(text)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("oddities")
    void warnsOfWhatOthersReadOtherwise(String text, DiagnosticCode code, int column) {
        assertThat(Procfile.lint(text)).singleElement().satisfies(found -> {
            assertThat(found.severity()).isEqualTo(Severity.WARNING);
            assertThat(found.code()).isEqualTo(code);
            assertThat(found.column()).isEqualTo(column);
        });
        assertThat(Procfile.parse(text).processTypes()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web: echo \"it's\" 'a \"b\"' \\\" a#b '#' \"# c\"",
                "web: [ \"$E2E\" = 'true' ] && exit 0 || sh -c \"X=1 $COMMAND\"",
                "web: a \\\\",
                "web: a || b",
                "web: |a"
            })
    void findsNothingInOrdinaryShellCommands(String text) {
        assertThat(Procfile.lint(text)).isEmpty();
    }

    @Test
    void anIndentedLineIsTakenForAContinuation() {
        assertThat(Procfile.lint("web: a\n  --flag b\n"))
                .singleElement()
                .extracting(Diagnostic::code, Diagnostic::line, Diagnostic::column)
                .containsExactly(DiagnosticCode.INDENTED_LINE, 2, 3);
    }

    @Test
    void mixedLineEndsAreOneWarningOnTheFirstLineThatDiffers() {
        assertThat(Procfile.lint("web: a\r\nworker: b\nclock: c\r\n"))
                .singleElement()
                .extracting(Diagnostic::code, Diagnostic::line)
                .containsExactly(DiagnosticCode.LINE_ENDS, 2);
        assertThat(Procfile.lint("web: a\r\nworker: b\r\n")).isEmpty();
    }

    @Test
    void countsColumnsInCodePoints() {
        assertThat(Procfile.lint("web: 😀 'a"))
                .singleElement()
                .extracting(Diagnostic::column)
                .isEqualTo(8);
    }

    private static List<Diagnostic> errors(String text) {
        return Procfile.lint(text).stream()
                .filter(found -> found.severity() == Severity.ERROR)
                .toList();
    }

    private static Arguments error(String text, DiagnosticCode code, int column) {
        return Arguments.of(text, code, column);
    }

    private static Arguments warning(String text, DiagnosticCode code, int column) {
        return Arguments.of(text, code, column);
    }
}
