package io.procmodel.build;

import io.procmodel.procfile.ProcessType;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Builds Clojure apps with the Leiningen of this machine: an uberjar if the project names one, else its classes. */
final class ClojureBuildpack extends LanguageBuildpack {
    private static final String PROJECT = "project.clj";
    private static final Pattern UBERJAR = Pattern.compile(":uberjar-name\\s+\"([^\"]+)\"");
    private static final Pattern COMMENT = Pattern.compile("(?m);.*$");

    ClojureBuildpack() {
        super("Clojure", PROJECT);
    }

    @Override
    public void compile(Build build) {
        JavaTools.check(build);
        Path lein = build.program(
                "lein",
                "an app with a " + PROJECT,
                "Leiningen, for example the package leiningen of the operating system");
        Map<String, String> variables = Map.of(
                "LEIN_HOME",
                cache(build, "lein"),
                "LEIN_NO_DEV",
                "yes",
                "LEIN_JVM_OPTS",
                "-Duser.home=" + cache(build, "lein-home"));
        build.output().step("Building with Leiningen");
        build.run(
                uberjar(build).isPresent()
                        ? command(lein, "uberjar")
                        : command(lein, "with-profile", "production", "compile", ":all"),
                variables);
    }

    @Override
    public BuildpackRelease release(Build build) {
        if (hasProcfile(build)) {
            return BuildpackRelease.of();
        }
        return BuildpackRelease.of(new ProcessType(
                ProcessType.WEB,
                uberjar(build)
                        .map(jar -> "java $JAVA_OPTS -jar target/" + jar)
                        .orElse("lein with-profile production trampoline run")));
    }

    private static Optional<String> uberjar(Build build) {
        Matcher name = UBERJAR.matcher(COMMENT.matcher(build.read(PROJECT)).replaceAll(""));
        return name.find() ? Optional.of(name.group(1)) : Optional.empty();
    }
}
