package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.ProcModelException;
import io.procmodel.error.StorageException;
import io.procmodel.procfile.ProcessType;
import io.procmodel.procfile.ProcfileException;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.Slug;
import io.procmodel.slug.SlugEntryException;
import io.procmodel.slug.SlugExpander;
import io.procmodel.slug.SlugStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class SlugBuilderTest {
    @TempDir
    Path directory;

    private final List<String> output = new ArrayList<>();
    private SlugStore store;
    private Path source;
    private Path work;
    private SlugBuilder builder;

    @BeforeEach
    void createBuilder() throws IOException {
        source = Files.createDirectory(directory.resolve("source"));
        work = directory.resolve("work");
        store = FileSlugStore.at(directory.resolve("slugs"));
        builder = SlugBuilder.into(store, work);
    }

    private Slug build() {
        return builder.build(BuildRequest.of(Source.directory(source))
                .output(output::add)
                .cacheDirectory(directory.resolve("cache")));
    }

    private void write(String path, String content) throws IOException {
        Files.createDirectories(source.resolve(path).getParent());
        Files.writeString(source.resolve(path), content);
    }

    private void assertNothingIsLeft() {
        assertThat(work).isEmptyDirectory();
        assertThat(store.list()).isEmpty();
        assertThat(directory.resolve("slugs/incoming")).isEmptyDirectory();
    }

    @Test
    void leavesNothingBehindWhenTheCacheCannotBeMade() throws IOException {
        write("Procfile", "web: sleep 1\n");
        Files.writeString(directory.resolve("cache"), "a file in its place");

        assertThatThrownBy(this::build).isInstanceOf(StorageException.class);
        assertNothingIsLeft();
    }

    @Test
    void packsAnAppWithAProcfileOnlyAsItIs() throws IOException {
        write("Procfile", "web: ./serve\nrelease: ./migrate\nworker: ./work\n");
        write("serve", "#!/bin/sh");

        Slug slug = build();

        assertThat(slug.processTypes())
                .containsExactly(
                        new ProcessType("web", "./serve"),
                        new ProcessType("release", "./migrate"),
                        new ProcessType("worker", "./work"));
        assertThat(output)
                .containsExactly(
                        "-----> Procfile app detected",
                        "       Taking the files as they are",
                        "-----> Discovering process types",
                        "       Procfile declares types -> web, release, worker",
                        "-----> Compressing...",
                        "       Done: 1K");
        SlugExpander.of(store).expand(slug.digest(), directory.resolve("app"));
        assertThat(directory.resolve("app/serve")).hasContent("#!/bin/sh");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void buildsTheSameSourceToTheSameSlug() throws IOException {
        write("Procfile", "web: true\n");

        assertThat(build()).isEqualTo(build());
    }

    /** PROC-17, PROC-18. */
    @Test
    void addsTheDefaultsOfTheBuildpackThatTheProcfileDoesNotName() throws IOException {
        write("Procfile", "web: mine\n");
        builder = builder.withBuildpacks(List.of(new OtherBuildpack(), new SampleBuildpack()));

        assertThat(build().processTypes())
                .containsExactly(new ProcessType("web", "mine"), new ProcessType("console", "sample console"));
        assertThat(output)
                .startsWith(
                        "-----> Sample app detected",
                        "       compiled",
                        "-----> Discovering process types",
                        "       Procfile declares types  -> web",
                        "       Default types for Sample -> web, console");
    }

    /** PROC-16. */
    @Test
    void takesTheDefaultsWithoutAProcfile() throws IOException {
        write("a", "");
        builder = builder.withBuildpacks(List.of(new SampleBuildpack()));

        assertThat(build().processTypes()).extracting(ProcessType::name).containsExactly("web", "console");
        assertThat(output).contains("       Procfile declares types  -> (none)");
    }

    @Test
    void keepsWhatCompileMadeAndNotWhatItCached() throws IOException {
        write("Procfile", "web: true\n");
        builder = builder.withBuildpacks(List.of(new SampleBuildpack()));

        Slug slug = build();

        SlugExpander.of(store).expand(slug.digest(), directory.resolve("app"));
        assertThat(directory.resolve("app")).isDirectoryContaining("glob:**/made");
        assertThat(directory.resolve("cache/kept")).exists();
        assertThat(source).isDirectoryNotContaining("glob:**/made");
    }

    /** BLD-2 and BLD-12. */
    @Test
    void detectsAfterSlugignore() throws IOException {
        write("Procfile", "web: true\n");
        write("package.json", "not even json");
        write(".slugignore", "package.json");

        assertThat(build().processTypes()).hasSize(1);
        assertThat(output)
                .startsWith("-----> Deleting 1 files matching .slugignore patterns.", "-----> Procfile app detected");
    }

    @Test
    void appliesSlugignoreToASourceThatDoesNot() {
        Source plain = (target, out) -> {
            try {
                Files.writeString(target.resolve("Procfile"), "web: true\n");
                Files.writeString(target.resolve(".slugignore"), "*.md\n");
                Files.writeString(Files.createDirectory(target.resolve("docs")).resolve("a.md"), "");
                Files.createDirectories(target.resolve("docs/.git/objects"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };

        Slug slug = builder.build(BuildRequest.of(plain).output(output::add));

        assertThat(output.get(0)).isEqualTo("-----> Deleting 1 files matching .slugignore patterns.");
        SlugExpander.of(store).expand(slug.digest(), directory.resolve("app"));
        assertThat(directory.resolve("app/docs")).isEmptyDirectory();
    }

    /** BLD-24. */
    @Test
    void asksTheLanguagesInHerokusOrder() {
        assertThat(Buildpack.builtIn().keySet())
                .containsExactly(
                        "heroku/ruby",
                        "heroku/nodejs",
                        "heroku/clojure",
                        "heroku/python",
                        "heroku/java",
                        "heroku/gradle",
                        "heroku/scala",
                        "heroku/php",
                        "heroku/go",
                        "procmodel/static",
                        "procmodel/procfile");
    }

    @Test
    void saysWhatItLookedForAndWhatIsThere() throws IOException {
        write("Procfile.txt", "web: true");

        assertThatThrownBy(this::build)
                .isInstanceOf(NoBuildpackException.class)
                .hasMessageStartingWith(
                        "no buildpack is for this app (expected: the files of one of Ruby (Gemfile), Node.js")
                .hasMessageEndingWith("Procfile (Procfile)); the root of the app holds Procfile.txt");
        assertNothingIsLeft();
    }

    @Test
    void refusesAProcfileThatCannotBeRead() throws IOException {
        write("Procfile", "web ./serve\n");

        assertThatThrownBy(this::build).isInstanceOf(ProcfileException.class);
        assertThat(output.get(output.size() - 1)).startsWith(" !     ");
        assertNothingIsLeft();
    }

    @Test
    void refusesALinkThatLeavesTheSourceBeforeAnyStepRuns() throws IOException {
        write("Procfile", "web: true\n");
        Files.createSymbolicLink(source.resolve("node_modules"), directory);
        builder = builder.withBuildpacks(List.of(new SampleBuildpack()));

        assertThatThrownBy(this::build)
                .isInstanceOf(SlugEntryException.class)
                .hasMessageStartingWith("node_modules: symbolic link to " + directory);
        assertThat(output).doesNotContain("       compiled");
        assertNothingIsLeft();
    }

    @Test
    void leavesNothingBehindWhenAStepFails() throws IOException {
        write("Procfile", "web: true\n");
        builder = builder.withBuildpacks(List.of(new FailingBuildpack()));

        assertThatThrownBy(this::build)
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.lastLines()).contains("       about to fail"))
                .hasMessageStartingWith("build step \"sh -c echo about to fail; exit 3\" ended with status 3");
        assertNothingIsLeft();
    }

    @Test
    void goesOnWhenTheReaderOfTheOutputFails() throws IOException {
        write("Procfile", "web: true\n");

        Slug slug = builder.build(BuildRequest.of(Source.directory(source)).output(line -> {
            throw new ProcModelException("reader");
        }));

        assertThat(store.contains(slug.digest())).isTrue();
    }

    @Test
    void namesAToolThatIsMissing() throws IOException {
        write("package.json", "{\"dependencies\": {\"left\": \"1\"}}");
        builder = builder.withHostEnvironment(Map.of("PATH", directory.toString()));

        assertThatThrownBy(this::build)
                .isInstanceOfSatisfying(
                        MissingToolException.class, e -> assertThat(e.tool()).isEqualTo("npm"))
                .hasMessageContaining("expected: Node.js with npm");
        assertNothingIsLeft();
    }

    @Test
    void keepsWhatAnEarlierBuildKeptWhenTheNextCannot() throws IOException {
        write("Procfile", "web: sleep 1\n");
        write("gems/one", "kept");
        builder = builder.withBuildpacks(List.of(new KeepingBuildpack("gems")));
        build();
        builder = builder.withBuildpacks(List.of(new KeepingBuildpack("missing")));

        assertThatThrownBy(this::build).isInstanceOf(StorageException.class);

        assertThat(directory.resolve("cache/ruby/gems/one")).hasContent("kept");
        assertThat(directory.resolve("cache/ruby")).isDirectoryNotContaining("glob:**.new");
    }

    private static final class KeepingBuildpack extends SampleBuildpack {
        private final String path;

        KeepingBuildpack(String path) {
            this.path = path;
        }

        @Override
        public void compile(Build build) {
            build.keep(path, "ruby/gems");
        }
    }

    private static class SampleBuildpack implements Buildpack {
        @Override
        public String description() {
            return "Sample (any)";
        }

        @Override
        public Optional<String> detect(Build build) {
            return Optional.of("Sample");
        }

        @Override
        public void compile(Build build) {
            try {
                Files.writeString(build.directory().resolve("made"), "");
                Files.writeString(build.cacheDirectory().resolve("kept"), "");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            build.output().detail("compiled");
        }

        @Override
        public BuildpackRelease release(Build build) {
            return BuildpackRelease.of(
                    new ProcessType("web", "sample web"), new ProcessType("console", "sample console"));
        }
    }

    private static final class OtherBuildpack extends SampleBuildpack {
        @Override
        public Optional<String> detect(Build build) {
            return Optional.empty();
        }
    }

    private static final class FailingBuildpack extends SampleBuildpack {
        @Override
        public void compile(Build build) {
            build.run(List.of("sh", "-c", "echo about to fail; exit 3"), Map.of());
        }
    }
}
