package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.build.BuildException;
import io.procmodel.build.BuildOutput;
import io.procmodel.build.NoBuildpackException;
import io.procmodel.build.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Published buildpacks, unmodified, each in a directory of {@code -Dprocmodel.buildpacks=DIRECTORY} that is named
 * {@code owner-repository} as docs/build.md lists them. They are not part of this project.
 */
@EnabledOnOs(OS.LINUX)
class RealBuildpacksIT {
    private static final String PLACE = System.getProperty("procmodel.buildpacks", "");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path directory;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private Path source;
    private Platform platform;
    private App shop;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(!PLACE.isEmpty(), "SKIPPED: -Dprocmodel.buildpacks names no directory of published buildpacks");
        source = Files.createDirectory(directory.resolve("source"));
        platform = Platform.builder().home(directory.resolve("home")).open();
        shop = platform.createApp("shop");
    }

    @AfterEach
    void close() {
        if (platform != null) {
            platform.close();
        }
    }

    private void deploy(String... names) {
        for (String name : names) {
            assumeTrue(Files.isDirectory(Path.of(PLACE, name)), "SKIPPED: " + name + " is not in " + PLACE);
        }
        shop.buildpacks()
                .set(Stream.of(names)
                        .map(name -> Path.of(PLACE, name).toString())
                        .toArray(String[]::new));
        shop.deploy(
                new Source() {
                    @Override
                    public void fetch(Path target, BuildOutput output) {
                        Source.directory(source).fetch(target, output);
                    }

                    @Override
                    public Optional<String> fetchVersion(Path target, BuildOutput output) {
                        fetch(target, output);
                        return Optional.of(COMMIT);
                    }
                },
                lines::add);
    }

    private void write(String name, String... text) throws IOException {
        Path file = source.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(text));
        assertThat(file.toFile().setExecutable(text.length > 0 && text[0].startsWith("#!")))
                .isTrue();
    }

    private String inDyno(String command) {
        OneOffResult result = shop.run(command).capture(PATIENCE);
        assertThat(result.exitStatus()).as(result.output()).isZero();
        return result.output().strip();
    }

    @Test
    void subdirPutsAPartOfTheAppInItsPlace() throws IOException {
        write("services/shop/Procfile", "web: exec sleep 1000");
        write("services/shop/.hidden", "there");
        write("README", "not for the slug");
        assertThatThrownBy(() -> deploy("timanovsky-subdir")).isInstanceOf(BuildException.class);
        shop.config().set(Map.of("PROJECT_PATH", "services/shop"));

        deploy("timanovsky-subdir");

        assertThat(lines).contains("PROJECT_PATH is undefined", "-----> Subdir buildpack in services/shop");
        assertThat(inDyno("ls; cat .hidden")).isEqualTo("Procfile\nthere");
    }

    @Test
    void monorepoDoesItInAnotherWayAndNullComesBehindIt() throws IOException {
        write("services/shop/Procfile", "web: exec sleep 1000");
        write("README", "not for the slug");
        shop.config().set(Map.of("APP_BASE", "services/shop"));

        deploy("lstoll-monorepo", "ryandotsmith-null");

        assertThat(lines)
                .containsSubsequence(
                        "      Copied services/shop to root of app successfully",
                        "-----> Null app detected",
                        "-----> Nothing to do");
        assertThat(inDyno("ls")).isEqualTo("Procfile");
    }

    @Test
    void anotherMonorepoRunsAScriptOfThePart() throws IOException {
        write("shop/Procfile", "web: exec sleep 1000");
        write("shop/heroku.sh", "echo \"building in $(basename $PWD)\"; echo built > \"$BUILD_DIR/result\"");
        shop.config().set(Map.of("BUILD_SUBDIR", "shop"));

        deploy("croaky-monorepo");

        assertThat(lines).contains("building in shop");
        assertThat(inDyno("cat result")).isEqualTo("built");
    }

    @Test
    void runRunsTheCommandsOfAConfigVar() throws IOException {
        write("Procfile", "web: exec sleep 1000");
        write("setup.sh", "#!/bin/sh", "echo \"$1 $2\" > \"$BUILD_DIR/made\"; echo \"cache $CACHE_DIR\"");
        shop.config().set(Map.of("BUILDPACK_RUN", "./setup.sh one 'two three':echo four"));

        deploy("weibeld-run");

        assertThat(lines).contains("-----> Run app detected", "-----> Running: echo four", "four");
        assertThat(inDyno("cat made")).isEqualTo("one two three");
        shop.config().set(Map.of("BUILDPACK_RUN", "false"));
        assertThatThrownBy(() -> deploy("weibeld-run")).hasMessageContaining("false returned 1");
    }

    @Test
    void shellSourcesAScriptOfTheApp() throws IOException {
        write("Procfile", "web: exec sleep 1000");
        assertThatThrownBy(() -> deploy("teamniteo-shell")).isInstanceOf(NoBuildpackException.class);
        write(".heroku/run.sh", "echo \"in $PWD\"; date > built");

        deploy("teamniteo-shell");

        assertThat(lines).contains("-----> Running .heroku/run.sh").anyMatch(line -> line.matches("in /.*/app"));
        assertThat(inDyno("cat built")).isNotEmpty();
    }

    @Test
    void cMakesAProgram() throws IOException {
        write("configure", "#!/bin/sh", "echo configured; echo '#define GREETING \"hello from C\"' > config.h");
        write("Makefile", "greet: greet.c", "\tcc -o greet greet.c", "\t@echo made >&2");
        write(
                "greet.c",
                "#include <stdio.h>",
                "#include \"config.h\"",
                "int main(void) { return puts(GREETING) < 0; }");
        write("Procfile", "web: exec sleep 1000");

        deploy("heroku-c");

        assertThat(lines).containsSubsequence("-----> Configuring", "       configured", "-----> Compiling with Make");
        assertThat(lines).contains("       made");
        assertThat(inDyno("./greet")).isEqualTo("hello from C");
        write("greet.c", "int main(void) { return missing; }");
        assertThatThrownBy(() -> deploy("heroku-c")).hasMessageContaining("undeclared");
    }

    @Test
    void inlineRunsWhatTheAppBrings() throws IOException {
        for (String place : List.of("bin", "buildpack/bin")) {
            write(place + "/detect", "#!/bin/sh", "echo Ours");
            write(place + "/compile", "#!/bin/sh", "echo \"$# in " + place + "\"; echo yes > \"$1/compiled\"");
        }
        write("bin/release", "#!/bin/sh", "echo 'default_process_types: {web: exec sleep 1000}'");

        deploy("kr-inline");
        deploy("heroku-inline");

        assertThat(lines).contains("-----> Ours app detected", "3 in bin", "3 in buildpack/bin");
        assertThat(inDyno("cat compiled")).isEqualTo("yes");
    }

    @Test
    void metricsCopiesItsProfileScriptFromItsOwnDirectory() throws IOException {
        write("Procfile", "web: exec sleep 1000");

        deploy("heroku-metrics", "ryandotsmith-null");

        assertThat(lines).contains("-----> metrics app detected").noneMatch(line -> line.startsWith("cp: "));
        assertThat(inDyno("head -1 .profile.d/heroku-metrics-daemon.sh")).isEqualTo("#!/bin/bash");
    }

    @Test
    void versionKnowsTheCommit() throws IOException {
        write("Procfile", "web: exec sleep 1000");

        deploy("ianpurvis-version");

        assertThat(lines).contains("-----> Versionable app detected");
        assertThat(inDyno("echo $VERSION")).isEqualTo(COMMIT.substring(0, 7));
    }

    @Test
    void subdirBuildpacksAreClonedByABuildpack() throws Exception {
        Path repository = directory.resolve("null");
        copy(Path.of(PLACE, "ryandotsmith-null"), repository);
        for (String command :
                List.of("init -q", "add -A", "-c user.name=t -c user.email=t@example.com commit -qm all")) {
            Process git = new ProcessBuilder(List.of(("git " + command).split(" ")))
                    .directory(repository.toFile())
                    .inheritIO()
                    .start();
            assertThat(git.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(git.exitValue()).isZero();
        }
        write("api/Procfile", "web: true");
        write("Procfile", "web: exec sleep 1000");
        write(".buildpacks", "api=file://" + repository);

        deploy("negativetwelve-subdir");

        assertThat(lines)
                .contains("-----> Multipack app detected", "=====> Detected Framework: Null", "-----> Nothing to do");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void tscCompilesWithTheAppsOwnCompiler() throws IOException {
        write("tsconfig.json", "{}");
        write("package.json", "{}");
        write("Procfile", "web: exec sleep 1000");
        write(
                "node_modules/.bin/tsc",
                "#!/bin/sh",
                "[ \"$1\" = --version ] && echo Version 9.9 || echo compiled > out.js");

        deploy("zidizei-tsc");

        assertThat(lines).contains("-----> Building application with tsc 9.9", "-----> Build succeeded!");
        assertThat(inDyno("cat out.js")).isEqualTo("compiled");
    }

    @Test
    void aptInstallsADebianPackageIntoTheSlug() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/etc/apt/sources.list")), "SKIPPED: there is no /etc/apt/sources.list");
        write("Aptfile", "hello");
        write("Procfile", "web: exec sleep 1000");

        deploy("heroku-apt");

        assertThat(inDyno("hello")).isEqualTo("Hello, world!");
    }
}
