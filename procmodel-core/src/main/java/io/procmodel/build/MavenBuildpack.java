package io.procmodel.build;

import java.util.List;
import java.util.Map;

/** Builds Java apps with Maven: the app's own wrapper if it has one, else the Maven of this machine. */
final class MavenBuildpack extends LanguageBuildpack {
    private static final String WRAPPER = "mvnw";

    MavenBuildpack() {
        super("Java", "pom.xml");
    }

    @Override
    public void compile(Build build) {
        JavaTools.check(build);
        List<String> maven = build.has(WRAPPER)
                ? List.of("sh", "./" + WRAPPER)
                : List.of(build.program(
                                "mvn",
                                "an app with a pom.xml and no Maven wrapper",
                                "Maven, for example the package maven of the operating system, or a wrapper in the app")
                        .toString());
        build.output().step("Building with Maven");
        build.run(
                JavaTools.with(
                        maven,
                        "--batch-mode",
                        "--no-transfer-progress",
                        "-Dmaven.repo.local=" + cache(build, "maven"),
                        "-DskipTests",
                        "package"),
                Map.of("MAVEN_USER_HOME", cache(build, "maven-wrapper")));
    }

    @Override
    public BuildpackRelease release(Build build) {
        return hasProcfile(build) ? BuildpackRelease.of() : RunnableJar.defaults(build, "target");
    }
}
