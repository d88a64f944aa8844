package io.procmodel.build;

import io.procmodel.procfile.ProcessType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Builds PHP apps with Composer, where they have a {@code composer.json}, and serves them with PHP's own server. */
final class PhpBuildpack extends LanguageBuildpack {
    private static final String COMPOSER = "composer.json";
    private static final List<String> DOCUMENT_ROOTS = List.of("public", "web");

    PhpBuildpack() {
        super("PHP", COMPOSER, "index.php");
    }

    @Override
    public void compile(Build build) {
        Path php = build.program(
                "php",
                "a PHP app",
                "PHP for the command line, for example the package php-cli of the operating system");
        build.output().step("Using PHP " + build.capture(command(php, "-r", "echo PHP_VERSION;"), Map.of()));
        if (build.has(COMPOSER)) {
            Path composer = build.program(
                    "composer",
                    "an app with a " + COMPOSER,
                    "Composer, for example the package composer of the operating system");
            build.output().step("Installing dependencies with Composer");
            build.run(
                    command(
                            composer,
                            "install",
                            "--no-dev",
                            "--prefer-dist",
                            "--optimize-autoloader",
                            "--no-interaction",
                            "--no-progress"),
                    Map.of(
                            "COMPOSER_CACHE_DIR", cache(build, "composer"),
                            "COMPOSER_HOME", cache(build, "composer-home"),
                            "COMPOSER_ALLOW_SUPERUSER", "1"));
        }
    }

    @Override
    public BuildpackRelease release(Build build) {
        if (hasProcfile(build)) {
            return BuildpackRelease.of();
        }
        String root = DOCUMENT_ROOTS.stream()
                .filter(name ->
                        Files.isRegularFile(build.directory().resolve(name).resolve("index.php")))
                .findFirst()
                .orElse(".");
        return BuildpackRelease.of(new ProcessType(ProcessType.WEB, "php -S 0.0.0.0:$PORT -t " + root));
    }
}
