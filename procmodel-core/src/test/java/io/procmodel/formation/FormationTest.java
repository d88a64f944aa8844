package io.procmodel.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.InvalidValueException;
import io.procmodel.procfile.ProcessType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormationTest {
    private final Formation deployed = Formation.empty().declare(types("worker", "web", "release"));

    /** FRM-3. */
    @Test
    void firstDeployStartsOneWebDynoAndNothingElse() {
        assertThat(deployed).hasToString("release@0:Standard-1X web@1:Standard-1X worker@0:Standard-1X");
        assertThat(Formation.empty().declare(types("worker"))).hasToString("worker@0:Standard-1X");
    }

    /** FRM-4, PROC-20. */
    @Test
    void laterDeploysKeepQuantitiesAndSizes() {
        Formation scaled = scale(deployed, "web=3:2X", "worker=2");
        assertThat(scaled.declare(types("web", "clock"))).hasToString("clock@0:Standard-1X web@3:Standard-2X");
        assertThat(Formation.empty()
                        .declare(types("worker"))
                        .declare(types("worker", "web"))
                        .quantity("web"))
                .isZero();
    }

    /** FRM-5, FRM-6. */
    @Test
    void changesOnlyTheNamedTypes() {
        assertThat(scale(deployed, "worker+2"))
                .hasToString("release@0:Standard-1X web@1:Standard-1X worker@2:Standard-1X");
        assertThat(scale(deployed, "web=2:standard-2x").size("web")).isEqualTo(DynoSize.STANDARD_2X);
        assertThat(scale(deployed, "web-1").quantity("web")).isZero();
    }

    @Test
    void aHostsOwnSizesMayBeNamedInAnExpression() {
        DynoSizes sizes = DynoSizes.HEROKU.with(DynoSize.custom("Tiny", ByteSize.ofMebibytes(32), 40));

        assertThat(Formation.of(types("web", "worker"), "web=2:tiny,worker=1", UnnamedTypes.ZERO, sizes))
                .hasToString("web@2:Tiny worker@1:Standard-1X");
        assertThatThrownBy(() -> Formation.of(types("web"), "web=1:huge", UnnamedTypes.ZERO, sizes))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("Performance-2XL, Tiny");
    }

    @Test
    void allStandsForEveryTypeThatIsNotNamedExceptRelease() {
        assertThat(scale(deployed, "web=5,all=2"))
                .hasToString("release@0:Standard-1X web@5:Standard-1X worker@2:Standard-1X");
        assertThat(scale(deployed, "all=2", "web+1").quantity("web")).isEqualTo(2);
    }

    @Test
    void resizesWithoutScaling() {
        Formation resized = deployed.apply(List.of(FormationChange.resize("release", DynoSize.PERFORMANCE_M)));
        assertThat(resized.size("release")).isEqualTo(DynoSize.PERFORMANCE_M);
    }

    @Test
    void refusesATypeThatIsNotDeclared() {
        assertThatThrownBy(() -> scale(deployed, "worker=1", "nosuch=1"))
                .isInstanceOfSatisfying(UnknownProcessTypeException.class, unknown -> {
                    assertThat(unknown.type()).isEqualTo("nosuch");
                    assertThat(unknown.knownTypes()).containsExactly("release", "web", "worker");
                });
        assertThatThrownBy(() -> deployed.quantity("nosuch"))
                .hasMessageContaining("\"nosuch\" (expected: release, web, worker)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web-2 | quantity of web: \"1-2\"",
                "web+2147483647 | quantity of web: \"1+2147483647\"",
                "web=2147483648 | \"2147483648\" (expected: 0 to 2147483647)",
                "web=1,web=2 | process type: \"web\" (expected: to be changed once at a time)",
                "release=1 | quantity of release: \"1\"",
                "web=1:huge | dyno size: \"huge\""
            })
    void refusesWhatIsOutOfRange(String expression, String message) {
        assertThatThrownBy(() -> scale(deployed, expression))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "web",
                "web=",
                "=1",
                "=",
                "web===2",
                "web=x",
                "web=-1",
                "web=1,",
                "web:2",
                "web=1 worker=2",
                "web=1:",
                "we b=1"
            })
    void refusesWhatIsNoExpression(String expression) {
        assertThatThrownBy(() -> FormationChange.parse(expression))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("NAME=N");
    }

    @Test
    void expressionsReadAsWritten() {
        assertThat(FormationChange.parse("web = 2 , worker+1", "clock-03:Px", "web--1"))
                .extracting(FormationChange::toString)
                .containsExactly("web=2", "worker+1", "clock-3:Performance-L", "web--1");
    }

    @Test
    void unnamedTypesFollowTheExplicitPolicy() {
        List<ProcessType> types = types("web", "worker", "release");
        assertThat(Formation.of(types, "web=2", UnnamedTypes.ZERO))
                .hasToString("release@0:Standard-1X web@2:Standard-1X worker@0:Standard-1X");
        assertThat(Formation.of(types, "web=2", UnnamedTypes.ONE))
                .hasToString("release@0:Standard-1X web@2:Standard-1X worker@1:Standard-1X");
        assertThat(Formation.of(types, " ", UnnamedTypes.ONE).quantity("worker"))
                .isEqualTo(1);
    }

    @Test
    void hasValueSemantics() {
        assertThat(scale(deployed, "web=2"))
                .isEqualTo(scale(deployed, "web+1"))
                .hasSameHashCodeAs(scale(deployed, "web+1"));
        assertThat(deployed).isNotEqualTo(Formation.empty());
        FormationEntry web = new FormationEntry("web", 1, DynoSize.ECO);
        assertThatThrownBy(() -> Formation.of(List.of(web, web))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new FormationEntry("web", -1, DynoSize.ECO))
                .hasMessageContaining("\"-1\" (expected: at least 0)");
    }

    private static Formation scale(Formation formation, String... expressions) {
        return formation.apply(FormationChange.parse(expressions));
    }

    private static List<ProcessType> types(String... names) {
        return Arrays.stream(names)
                .map(name -> new ProcessType(name, "run " + name))
                .toList();
    }
}
