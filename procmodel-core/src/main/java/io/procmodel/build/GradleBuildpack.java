package io.procmodel.build;

import java.util.List;
import java.util.Map;

/** Builds Java apps with Gradle: the app's own wrapper if it has one, else the Gradle of this machine. */
final class GradleBuildpack extends LanguageBuildpack {
    private static final String WRAPPER = "gradlew";

    GradleBuildpack() {
        super("Gradle", WRAPPER, "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts");
    }

    @Override
    public void compile(Build build) {
        JavaTools.check(build);
        List<String> gradle = build.has(WRAPPER)
                ? List.of("sh", "./" + WRAPPER)
                : List.of(build.program("gradle", "an app without a Gradle wrapper", "Gradle, or a wrapper in the app")
                        .toString());
        build.output().step("Building with Gradle");
        build.run(
                JavaTools.with(gradle, "--no-daemon", "--console=plain", "build", "-x", "test", "-x", "check"),
                Map.of("GRADLE_USER_HOME", cache(build, "gradle")));
    }

    @Override
    public BuildpackRelease release(Build build) {
        return hasProcfile(build) ? BuildpackRelease.of() : RunnableJar.defaults(build, "build/libs");
    }
}
