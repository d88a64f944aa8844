package io.procmodel.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final JavaClasses CLASSES = Architecture.productionClasses();
    private static final int FEWEST_CLASSES = 100;
    private static final String WRONG = "io.procmodel.architecture.wrong";

    @Test
    void theScanSeesTheLibrary() {
        assertThat(CLASSES).hasSizeGreaterThan(FEWEST_CLASSES);
        assertThat(corePackages()).as("every package of core stands in a row").isEqualTo(rowPackages());
    }

    static Stream<ArchRule> packageOrder() {
        return Architecture.packageOrder(Architecture.ROOT).stream();
    }

    @ParameterizedTest
    @MethodSource
    void packageOrder(ArchRule rule) {
        rule.check(CLASSES);
    }

    static Stream<ArchRule> everywhere() {
        return Stream.of(
                Architecture.noCycles(),
                Architecture.noMiscellany(),
                Architecture.nullMarkedPackages(),
                Architecture.processesOnlyWhereTheyBelong(),
                Architecture.noStandardStreams(),
                Architecture.supervisionIsPure(),
                Architecture.noForeignTypesInPublicSignatures());
    }

    @ParameterizedTest
    @MethodSource
    void everywhere(ArchRule rule) {
        rule.check(CLASSES);
    }

    /** The test of the test: a class in the wrong place is found, and named. */
    @Test
    void anImportAgainstTheArrowsFails() {
        JavaClasses wrong = new ClassFileImporter().importPackages(WRONG);
        List<ArchRule> rules = Architecture.packageOrder(WRONG);

        assertThatThrownBy(() -> rules.forEach(rule -> rule.check(wrong)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("package config sees only the packages before it")
                .hasMessageContaining("ConfigThatKnowsTheRuntime")
                .hasMessageContaining("RuntimeOfTheSample");
    }

    private static Set<String> corePackages() {
        Set<String> packages = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            boolean core = type.getSource()
                    .map(source -> source.getUri().getPath().contains("procmodel-core"))
                    .orElse(false);
            if (core && !type.getPackageName().equals(Architecture.ROOT)) {
                packages.add(type.getPackageName().substring(Architecture.ROOT.length() + 1));
            }
        }
        return packages;
    }

    private static Set<String> rowPackages() {
        Set<String> packages = new TreeSet<>();
        Architecture.ROWS.forEach(packages::addAll);
        return packages;
    }
}
