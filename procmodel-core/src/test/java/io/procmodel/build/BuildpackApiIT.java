package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import io.procmodel.config.ConfigVars;
import io.procmodel.procfile.ProcessType;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugExpander;
import io.procmodel.slug.SlugStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * BLD-13 to BLD-21 with two buildpack directories as people publish them, one in bash and one in Python. They are used as
 * they lie there, and are the same afterwards.
 */
@DisabledOnOs(OS.WINDOWS)
class BuildpackApiIT {
    private static final Path BUILDPACKS = Path.of("src/test/buildpacks").toAbsolutePath();
    private static final Buildpack BASH = Buildpack.directory(BUILDPACKS.resolve("greeter-bash"));
    private static final Buildpack PYTHON = Buildpack.directory(BUILDPACKS.resolve("greeter-python"));

    private static final List<String> ALLOWED = Splitter.on(' ')
            .splitToList(
                    "HOME PATH STACK REQUEST_ID BUILDPACK_LOG_FILE TMPDIR PROCMODEL_BUILD PWD OLDPWD SHLVL _ TZ LANG LANGUAGE JAVA_HOME http_proxy"
                            + " https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY SSL_CERT_FILE SSL_CERT_DIR"
                            + " NODE_EXTRA_CA_CERTS");

    @TempDir
    Path directory;

    private final List<String> output = new ArrayList<>();
    private SlugStore store;
    private Path source;
    private ConfigVars config = ConfigVars.empty();

    @BeforeEach
    void writeApp() throws IOException {
        HostEnvironment host = new HostEnvironment(System.getenv());
        assumeTrue(host.program("bash").isPresent(), "SKIPPED: bash is not on the PATH");
        assumeTrue(host.program("python3").isPresent(), "SKIPPED: python3 is not on the PATH");
        store = FileSlugStore.at(directory.resolve("slugs"));
        source = Files.createDirectory(directory.resolve("source"));
        Files.writeString(source.resolve("greeting.txt"), "");
    }

    private BuildResult build(Buildpack... buildpacks) {
        return SlugBuilder.into(store, directory.resolve("work"))
                .run(BuildRequest.of(Source.directory(source))
                        .config(config)
                        .buildpacks(List.of(buildpacks))
                        .cacheDirectory(directory.resolve("cache"))
                        .output(output::add));
    }

    private Path expanded(Slug slug) {
        Path app = directory.resolve("app-" + slug.digest().hex());
        SlugExpander.of(store).expand(slug.digest(), app);
        return app;
    }

    @Test
    void theOneInBashIsDetectedCompiledAndAskedForItsRelease() throws IOException {
        BuildResult result = build(BASH);

        assertThat(output)
                .containsExactly(
                        "-----> Greeter app detected",
                        "-----> Greeting on heroku-24",
                        "       build number 1",
                        "-----> Discovering process types",
                        "       Procfile declares types   -> (none)",
                        "       Default types for Greeter -> web, console",
                        "-----> Compressing...",
                        "       Done: 1K");
        assertThat(result.slug().processTypes())
                .containsExactly(new ProcessType("web", "greet web"), new ProcessType("console", "greet console"));
        assertThat(result.release().addOns()).containsExactly("heroku-postgresql:mini");
        assertThat(result.release().configVars().asMap()).containsExactly(Map.entry("GREETER_MODE", "polite"));
        assertThat(expanded(result.slug()).resolve(".profile.d/greeter.sh")).exists();
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    /** BLD-14, BLD-15, BLD-16 and BLD-17: three absolute directories, config vars as files, and next to nothing in the environment. */
    @Test
    void compileGetsThreeDirectoriesAndAMinimalEnvironment() throws IOException {
        config = ConfigVars.of(Map.of("GREETING", "salut\nà tous\n", "SECRET", "sesame", "PATH", "/nowhere"));

        Path app = expanded(build(BASH).slug());

        assertThat(Files.readAllLines(app.resolve("arguments")))
                .satisfiesExactly(
                        line -> assertThat(line).matches("build=/.*/app"),
                        line -> assertThat(line).isEqualTo("cache=" + directory.resolve("cache")),
                        line -> assertThat(line).matches("env=/.*/env"),
                        line -> assertThat(line).isEqualTo("arguments=3"));
        assertThat(Files.readAllLines(app.resolve("environment-before")))
                .contains("HOME", "PATH", "STACK", "TMPDIR")
                .doesNotContain("GREETING", "SECRET", "USER")
                .allMatch(name -> ALLOWED.contains(name) || name.startsWith("LC_"));
        assertThat(app.resolve(".greeter/bin/greet")).content().contains("salut\nà tous, $1");
        assertThat(output).noneMatch(line -> line.contains("sesame"));
    }

    @Test
    void theCacheIsKeptFromBuildToBuildAndIsNotInTheSlug() {
        Slug first = build(BASH).slug();
        Slug second = build(BASH).slug();

        assertThat(output).contains("       build number 1", "       build number 2");
        assertThat(expanded(second)).isDirectoryNotContaining("glob:**/builds");
        assertThat(first.processTypes()).isEqualTo(second.processTypes());
    }

    /** BLD-19 and BLD-21. */
    @Test
    void severalBuildInOrderAndSeeWhatTheOnesBeforeExported() throws IOException {
        BuildResult result = build(BASH, PYTHON);

        assertThat(output)
                .containsSubsequence(
                        "-----> Greeter app detected",
                        "       build number 1",
                        "-----> Greeter in Python app detected",
                        "-----> Installing greetings",
                        "       the buildpack before says: hello, python",
                        "       build number 1");
        assertThat(result.kind()).isEqualTo("Greeter in Python");
        assertThat(result.slug().processTypes())
                .containsExactly(new ProcessType("worker", "echo greeted by $GREETED_BY"));
        assertThat(expanded(result.slug()).resolve(".profile.d"))
                .isDirectoryContaining("glob:**/greeter.sh")
                .isDirectoryContaining("glob:**/python.sh");
    }

    @Test
    void anExportWorksForTheBuildpacksOfTheLibraryToo() throws IOException {
        Files.writeString(source.resolve("package.json"), "{\"scripts\": {\"heroku-prebuild\": \"\"}}");
        FakeTools tools = new FakeTools(directory).with("npm", "echo \"at home in $GREETER_HOME\"");
        Map<String, String> host = Map.of("PATH", tools.environment().get("PATH") + ":" + System.getenv("PATH"));

        SlugBuilder.into(store, directory.resolve("work"))
                .withHostEnvironment(host)
                .run(BuildRequest.of((target, out) -> Source.directory(source).fetch(target, out))
                        .buildpacks(List.of(BASH, new NodeBuildpack(), new ProcfileIfMissing()))
                        .output(output::add));

        assertThat(output).anyMatch(line -> line.matches("       at home in /.*/app/.greeter"));
    }

    @Test
    void aFailureOfEitherFailsTheBuildWithWhatItSaid() {
        config = ConfigVars.of(Map.of("GREETING_FAILS", "yes"));

        assertThatThrownBy(() -> build(BASH))
                .isInstanceOf(BuildException.class)
                .hasMessageMatching(
                        "(?s)build step \".*greeter-bash/bin/compile\" ended with status 3 \\(expected: 0\\).*")
                .hasMessageEndingWith(" !     Refusing to greet");
        assertThatThrownBy(() -> build(PYTHON)).hasMessageContaining("ended with status 1");
        assertThat(output.get(output.size() - 1)).startsWith(" !     build step ");
        assertThat(store.list()).isEmpty();
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    /** BLD-25. */
    @Test
    void aSetBuildpackThatDoesNotDetectTheAppFailsTheBuild() throws IOException {
        Files.move(source.resolve("greeting.txt"), source.resolve("greetings.txt"));

        assertThatThrownBy(() -> build(PYTHON))
                .isInstanceOfSatisfying(
                        NoBuildpackException.class,
                        e -> assertThat(e.lookedFor())
                                .singleElement()
                                .asString()
                                .contains("greeter-python"))
                .hasMessageContaining("the root of the app holds greetings.txt");
    }

    @Test
    void theDirectoriesAreNotWrittenTo() throws IOException {
        List<String> before = listing();

        build(BASH, PYTHON);

        assertThat(listing()).isEqualTo(before);
    }

    private static List<String> listing() throws IOException {
        try (Stream<Path> files = Files.walk(BUILDPACKS)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    /** Gives the app a process type when nobody else did. */
    private static final class ProcfileIfMissing implements Buildpack {
        @Override
        public String description() {
            return "Procfile if missing";
        }

        @Override
        public Optional<String> detect(Build build) {
            return Optional.of("Any");
        }

        @Override
        public void compile(Build build) {
            build.write("Procfile", "web: true\n");
        }

        @Override
        public BuildpackRelease release(Build build) {
            return BuildpackRelease.of();
        }
    }
}
