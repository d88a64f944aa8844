package io.procmodel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.conformance.Vector.Answer;
import io.procmodel.procfile.Diagnostic;
import io.procmodel.procfile.DiagnosticCode;
import io.procmodel.procfile.Procfile;
import io.procmodel.procfile.ProcfileDialect;
import io.procmodel.procfile.ProcfileException;
import io.procmodel.procfile.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProcfileConformanceTest {
    private static final Map<ProcfileDialect, String> PEERS = Map.of(
            ProcfileDialect.HEROKU_CLASSIC, "heroku-classic",
            ProcfileDialect.CNB, "heroku-cnb",
            ProcfileDialect.FOREMAN, "foreman",
            ProcfileDialect.DOKKU, "procfile-util");

    @Test
    void readsWhatAllPeersAgreeOn() {
        List<Vector> agreed = Conformance.vectors("procfile").stream()
                .filter(Vector::allAgree)
                .toList();
        assertThat(agreed)
                .isNotEmpty()
                .allSatisfy(vector ->
                        assertThat(answer(vector, ProcfileDialect.DEFAULT)).isEqualTo(vector.expected()));
    }

    @Test
    void answersAsThePeerOfEachDialect() {
        Deviations deviations = new Deviations("procfile");
        for (Vector vector : Conformance.vectors("procfile")) {
            Procfile.lint(vector.input())
                    .forEach(found ->
                            deviations.explain("DEFAULT", vector, found.code().toString()));
            deviations.check("DEFAULT", vector, vector.expected(), answer(vector, ProcfileDialect.DEFAULT));
            PEERS.forEach((dialect, peer) -> {
                Optional<Answer> expected = vector.answerOf(peer);
                expected.ifPresent(answer -> deviations.check(
                        dialect.name(), vector, inOrder(dialect, answer), inOrder(dialect, answer(vector, dialect))));
            });
        }
        deviations.assertNoSurprise();
    }

    @Test
    void readsEveryRealFileInEveryDialect() throws IOException {
        Map<ProcfileDialect, Map<String, Integer>> report = new EnumMap<>(ProcfileDialect.class);
        List<String> refused = new ArrayList<>();
        for (Path file : Conformance.files("procfiles", "*.Procfile")) {
            for (ProcfileDialect dialect : ProcfileDialect.values()) {
                String outcome = outcome(file, dialect);
                report.computeIfAbsent(dialect, key -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
                if (dialect == ProcfileDialect.DEFAULT && !outcome.equals("accepted")) {
                    refused.add(file.getFileName() + " " + outcome);
                    assertThat(outcome).as("%s has a named defect", file).doesNotContain("not-an-entry");
                }
            }
        }
        Report.publish("procfiles", table(report) + "\nrefused in DEFAULT\n" + String.join("\n", refused));
    }

    private static String outcome(Path file, ProcfileDialect dialect) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            Procfile procfile = Procfile.reader().dialect(dialect).read(file);
            assertThat(procfile.text().getBytes(UTF_8)).isEqualTo(bytes);
            return "accepted";
        } catch (ProcfileException e) {
            return "refused: "
                    + String.join(
                            ", ",
                            e.diagnostics().stream()
                                    .filter(found -> found.severity() == Severity.ERROR)
                                    .map(Diagnostic::code)
                                    .distinct()
                                    .map(DiagnosticCode::toString)
                                    .toList());
        }
    }

    private static String table(Map<ProcfileDialect, Map<String, Integer>> report) {
        StringBuilder table = new StringBuilder();
        report.forEach((dialect, outcomes) -> outcomes.forEach(
                (outcome, files) -> table.append(String.format("%-14s %4d  %s%n", dialect, files, outcome))));
        return table.toString();
    }

    private static Answer answer(Vector vector, ProcfileDialect dialect) {
        try {
            return Answer.of(Procfile.parse(vector.input(), dialect).processTypes().stream()
                    .map(type -> List.of(type.name(), type.command()))
                    .toList());
        } catch (ProcfileException e) {
            return Answer.ERROR;
        }
    }

    /** procfile-util answers with a map: its order says nothing. */
    private static Answer inOrder(ProcfileDialect dialect, Answer answer) {
        if (dialect == ProcfileDialect.FOREMAN || dialect == ProcfileDialect.HEROKU_CLASSIC) {
            return answer;
        }
        return new Answer(answer.value()
                .map(value -> ((List<?>) value)
                        .stream().sorted(Comparator.comparing(Object::toString)).toList()));
    }
}
