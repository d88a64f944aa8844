package io.procmodel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.conformance.Vector.Answer;
import io.procmodel.error.InvalidValueException;
import io.procmodel.formation.Formation;
import io.procmodel.formation.FormationEntry;
import io.procmodel.formation.UnknownProcessTypeException;
import io.procmodel.formation.UnnamedTypes;
import io.procmodel.procfile.ProcessType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FormationConformanceTest {
    private static final Map<UnnamedTypes, String> PEERS =
            Map.of(UnnamedTypes.ZERO, "foreman", UnnamedTypes.ONE, "overmind");

    @Test
    void readsWhatAllPeersAgreeOn() {
        List<Vector> agreed = Conformance.vectors("formation").stream()
                .filter(Vector::allAgree)
                .toList();
        assertThat(agreed)
                .isNotEmpty()
                .allSatisfy(
                        vector -> assertThat(answer(vector, UnnamedTypes.ZERO)).isEqualTo(vector.expected()));
    }

    /** The policy ZERO is measured by the expected answers, and both policies by the peer with the same policy. */
    @Test
    void differsFromThePeersOnlyByBeingStricter() {
        Deviations deviations = new Deviations("formation");
        for (Vector vector : Conformance.vectors("formation")) {
            excuse(deviations, "expected", vector, UnnamedTypes.ZERO);
            deviations.check("expected", vector, vector.expected(), answer(vector, UnnamedTypes.ZERO));
            PEERS.forEach((policy, peer) -> vector.answerOf(peer).ifPresent(expected -> {
                excuse(deviations, peer, vector, policy);
                deviations.check(peer, vector, expected, answer(vector, policy));
            }));
        }
        deviations.assertNoSurprise();
    }

    private static void excuse(Deviations deviations, String reader, Vector vector, UnnamedTypes policy) {
        try {
            formation(vector, policy);
        } catch (UnknownProcessTypeException e) {
            deviations.explain(reader, vector, "unknown-type");
        } catch (InvalidValueException e) {
            deviations.explain(reader, vector, e.what().startsWith("formation") ? "no-expression" : "out-of-range");
        }
    }

    private static Answer answer(Vector vector, UnnamedTypes policy) {
        try {
            return Answer.of(formation(vector, policy).entries().stream()
                    .collect(Collectors.toMap(FormationEntry::type, FormationEntry::quantity)));
        } catch (UnknownProcessTypeException | InvalidValueException e) {
            return Answer.ERROR;
        }
    }

    private static Formation formation(Vector vector, UnnamedTypes policy) {
        List<ProcessType> types = vector.types().stream()
                .map(name -> new ProcessType(name, "run"))
                .toList();
        return Formation.of(types, vector.input(), policy);
    }
}
