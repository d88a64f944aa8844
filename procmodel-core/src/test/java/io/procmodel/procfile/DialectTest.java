package io.procmodel.procfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {
    /** PROC-9. */
    @Test
    void classicNeedsTheBlankButNotTheColon() {
        assertThat(read("web node x\nworker:b\nclock : c\nheroku ps:scale web=1\n", ProcfileDialect.HEROKU_CLASSIC))
                .containsExactly("web=node x", "clock=: c", "heroku=ps:scale web=1");
    }

    /** PROC-10: it refuses nothing, so it says more. */
    @Test
    void classicWarnsOfEachOddLine() {
        Procfile procfile =
                Procfile.parse("web node x\nworker:b\nclock : c\n>>>>>>> x\nempty: \n", ProcfileDialect.HEROKU_CLASSIC);
        assertThat(procfile.diagnostics())
                .allMatch(found -> found.severity() == Severity.WARNING)
                .extracting(Diagnostic::code)
                .containsExactly(
                        DiagnosticCode.MISSING_COLON,
                        DiagnosticCode.NO_BLANK_AFTER_COLON,
                        DiagnosticCode.BLANK_BEFORE_COLON,
                        DiagnosticCode.MERGE_CONFLICT_MARK,
                        DiagnosticCode.EMPTY_COMMAND);
    }

    @Test
    void cnbRewritesNames() {
        Procfile procfile = Procfile.parse("  Web_1: a\nweb-1: b \n", ProcfileDialect.CNB);
        assertThat(procfile.processTypes()).containsExactly(new ProcessType("web-1", "b "));
        assertThat(procfile.diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(DiagnosticCode.NAME_NOT_PORTABLE, DiagnosticCode.DUPLICATE_TYPE);
    }

    @Test
    void foremanStartsDuplicatesAndSkipsTheRest() {
        assertThat(read("web: a\n web: b\nweb:c\nnothing\nempty:\nblank: \n", ProcfileDialect.FOREMAN))
                .containsExactly("web=a", "web=c", "blank= ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web: a # b | web=a",
                "web: a // b | web=a",
                "web: a // b # c | web=a // b",
                "web: a #| web=a #",
                "web: a#b | web=a#b"
            })
    void dokkuCutsTheLastTrailingComment(String text, String entry) {
        assertThat(read(text, ProcfileDialect.DOKKU)).containsExactly(entry);
    }

    @ParameterizedTest
    @CsvSource({
        "CNB, web : a, BLANK_BEFORE_COLON",
        "CNB, -web: a, NAME_START",
        "CNB, web:, EMPTY_COMMAND",
        "FOREMAN, '', NO_PROCESS_TYPES",
        "DOKKU, '# c', NO_PROCESS_TYPES",
        "DOKKU, web: # c, EMPTY_COMMAND",
        "DOKKU, web node x, MISSING_COLON"
    })
    void refusesWhatThePlatformRefuses(ProcfileDialect dialect, String text, DiagnosticCode code) {
        assertThatThrownBy(() -> Procfile.parse(text, dialect))
                .isInstanceOfSatisfying(
                        ProcfileException.class,
                        refused -> assertThat(refused.diagnostics())
                                .extracting(Diagnostic::code)
                                .containsExactly(code));
    }

    @Test
    void onlySomeKnowLoneCarriageReturns() {
        String text = "web: a\rworker: b\r";
        assertThat(read(text, ProcfileDialect.DEFAULT)).containsExactly("web=a", "worker=b");
        assertThat(read(text, ProcfileDialect.FOREMAN)).containsExactly("web=a\rworker: b\r");
        assertThatThrownBy(() -> read(text, ProcfileDialect.CNB)).hasMessageContaining("line-ends");
    }

    private static List<String> read(String text, ProcfileDialect dialect) {
        return Procfile.parse(text, dialect).processTypes().stream()
                .map(type -> type.name() + "=" + type.command())
                .toList();
    }
}
