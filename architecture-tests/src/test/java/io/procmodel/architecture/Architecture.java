package io.procmodel.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules of docs/ARCHITECTURE.md that a machine can hold. The order of the packages is the way of the data: a package
 * may use those of the rows above its own, never those of its own row or below.
 */
final class Architecture {
    static final String ROOT = "io.procmodel";

    /** What a dyno is attached to when a host says {@code inheritIo}: the host's own streams, and its terminal by stty. */
    private static final String HOST_TERMINAL = ROOT + ".HostTerminal";

    /** The packages of core, row by row. The root package is the last row. */
    static final List<Set<String>> ROWS = List.of(
            Set.of("error", "thread", "json"),
            Set.of("name", "file", "cgroup", "pipe"),
            Set.of("procfile", "config", "lease", "state"),
            Set.of("addon", "slug"),
            Set.of("build", "addon.partner"),
            Set.of("release", "formation"),
            Set.of("log"),
            Set.of("dyno"),
            Set.of("policy", "traffic"),
            Set.of("event"),
            Set.of("runtime"),
            Set.of("runtime.local", "supervise", "export"),
            Set.of("local"));

    private Architecture() {}

    static JavaClasses productionClasses() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    /** One rule per package: it sees nothing of its own row or a later one. */
    static List<ArchRule> packageOrder(String root) {
        List<ArchRule> rules = new ArrayList<>();
        for (int row = 0; row < ROWS.size(); row++) {
            for (String name : ROWS.get(row)) {
                rules.add(seesOnlyEarlierRows(root, name, row));
            }
        }
        return rules;
    }

    private static ArchRule seesOnlyEarlierRows(String root, String name, int row) {
        List<String> allowed = new ArrayList<>();
        allowed.add(root + "." + name);
        for (Set<String> earlier : ROWS.subList(0, row)) {
            earlier.forEach(other -> allowed.add(root + "." + other));
        }
        return noClasses()
                .that()
                .resideInAPackage(root + "." + name)
                .should()
                .dependOnClassesThat(ownButNotIn(root, allowed))
                .as("package " + name + " sees only the packages before it")
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> ownButNotIn(String root, List<String> allowed) {
        return DescribedPredicate.describe("are ours, outside " + allowed, type -> {
            String name = type.getPackageName();
            return (name.equals(root) || name.startsWith(root + ".")) && !allowed.contains(name);
        });
    }

    static ArchRule noCycles() {
        return slices().matching(ROOT + ".(**)").should().beFreeOfCycles();
    }

    static ArchRule noMiscellany() {
        return noClasses()
                .should()
                .resideInAnyPackage("..util..", "..impl..", "..manager..", "..helper..", "..common..", "..misc..");
    }

    static ArchRule nullMarkedPackages() {
        return classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked");
    }

    /** Processes are started where dynos live, for the tools of a build where slugs are made, and to make named pipes. */
    static ArchRule processesOnlyWhereTheyBelong() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".runtime.local",
                        ROOT + ".build..",
                        ROOT + ".pipe",
                        ROOT + ".examples..",
                        ROOT + ".benchmarks..")
                .and()
                .doNotHaveFullyQualifiedName(HOST_TERMINAL)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder");
    }

    static ArchRule noStandardStreams() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".examples..", ROOT + ".benchmarks..")
                .and()
                .doNotHaveFullyQualifiedName(HOST_TERMINAL)
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".AttachedCommand")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "currentTimeMillis");
    }

    /** Supervision is pure: it may be driven a million times without a thread, a file or a clock. */
    static ArchRule supervisionIsPure() {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + ".supervise")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.nio..", "java.io..", "java.net..", "org.slf4j..")
                .orShould()
                .callMethod(java.time.Instant.class, "now");
    }

    /** The public API speaks JDK types and ours; two packages exist for the types of one other library each. */
    static ArchRule noForeignTypesInPublicSignatures() {
        return noClasses()
                .that()
                .arePublic()
                .and()
                .resideOutsideOfPackages(
                        ROOT + ".micrometer",
                        ROOT + ".logplex.logback",
                        ROOT + ".router.exchange",
                        ROOT + ".router.head",
                        ROOT + ".router.server")
                .should(ForeignTypes.inPublicSignatures());
    }
}
