package io.procmodel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.conformance.Vector.Answer;
import io.procmodel.procfile.DotEnv;
import io.procmodel.procfile.DotEnvException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DotEnvConformanceTest {
    /** Rules of ours that differ from the majority without a diagnostic, and how an input looks that they concern. */
    private static final Map<String, Pattern> RULES = Map.of(
            "comment-needs-blank", Pattern.compile("[^\\s]#"),
            "escapes", Pattern.compile("(?s)\"[^\"]*\\\\."),
            "colon-separator", Pattern.compile("(?m)^[A-Z_a-z]+:[ \t]"));

    @Test
    void readsWhatAllPeersAgreeOn() {
        List<Vector> agreed =
                Conformance.vectors("dotenv").stream().filter(Vector::allAgree).toList();
        assertThat(agreed)
                .isNotEmpty()
                .allSatisfy(vector -> assertThat(answer(vector)).isEqualTo(vector.expected()));
    }

    @Test
    void differsFromTheMajorityOnlyByRule() {
        Deviations deviations = new Deviations("dotenv");
        for (Vector vector : Conformance.vectors("dotenv")) {
            DotEnv.lint(vector.input())
                    .forEach(found ->
                            deviations.explain("DEFAULT", vector, found.code().toString()));
            RULES.forEach((rule, pattern) -> {
                if (pattern.matcher(vector.input()).find()) {
                    deviations.explain("DEFAULT", vector, rule);
                }
            });
            deviations.check("DEFAULT", vector, vector.expected(), answer(vector));
        }
        deviations.assertNoSurprise();
    }

    @Test
    void readsEveryRealFile() throws IOException {
        Map<String, Integer> report = new TreeMap<>();
        StringBuilder refused = new StringBuilder();
        for (Path file : Conformance.files("dotenv", "*.env")) {
            String outcome = outcome(file);
            report.merge(outcome, 1, Integer::sum);
            if (!outcome.equals("accepted")) {
                refused.append(file.getFileName()).append(' ').append(outcome).append('\n');
            }
        }
        StringBuilder table = new StringBuilder();
        report.forEach((outcome, files) -> table.append(String.format("%4d  %s%n", files, outcome)));
        Report.publish("dotenv", table + "\n" + refused);
        assertThat(report).containsKey("accepted");
    }

    private static String outcome(Path file) {
        try {
            DotEnv.read(file);
            return "accepted";
        } catch (DotEnvException e) {
            return "refused: "
                    + e.diagnostics().stream()
                            .map(found -> found.line() + " " + found.code())
                            .toList();
        }
    }

    private static Answer answer(Vector vector) {
        try {
            return Answer.of(DotEnv.parse(vector.input()).asMap());
        } catch (DotEnvException e) {
            return Answer.ERROR;
        }
    }
}
