package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.procfile.ProcessType;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.SlugStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BLD-5 and BLD-18: buildpack directories that do what they should not. */
@DisabledOnOs(OS.WINDOWS)
class UglyBuildpacksIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private Path buildpack;
    private SlugStore store;

    @BeforeEach
    void writeBuildpack() throws IOException {
        Files.createDirectories(directory.resolve("source"));
        Files.writeString(directory.resolve("source/Procfile"), "web: true\n");
        store = FileSlugStore.at(directory.resolve("slugs"));
        buildpack = Files.createDirectories(directory.resolve("buildpack"));
        program("detect", "echo Ugly");
        program("compile", "echo compiled");
    }

    @AfterEach
    void assertThatNothingIsLeft() {
        assertThat(directory.resolve("work")).isEmptyDirectory();
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(command -> command.contains(directory.toString()))
                        .collect(Collectors.toList()))
                .isEmpty();
    }

    private void program(String name, String script) throws IOException {
        Path file = buildpack.resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private BuildResult build(Duration limit) {
        return build(Buildpack.directory(buildpack), limit);
    }

    private BuildResult build(Buildpack used, Duration limit) {
        return SlugBuilder.into(store, directory.resolve("work"))
                .withTimeLimit(limit)
                .run(BuildRequest.of(Source.directory(directory.resolve("source")))
                        .buildpacks(List.of(used))
                        .cancelledBy(cancelled)
                        .output(output::add));
    }

    private void assertFails(String message) {
        assertThatThrownBy(() -> build(PATIENCE))
                .isInstanceOf(BuildpackException.class)
                .hasMessageContaining(message);
        assertThat(store.list()).isEmpty();
    }

    @Test
    void aDetectThatIsNotExecutable() {
        assertThat(buildpack.resolve("bin/detect").toFile().setExecutable(false))
                .isTrue();

        assertFails("bin/detect is not executable (expected: a file of mode 755: chmod +x bin/detect");
    }

    @ParameterizedTest
    @CsvSource({"detect", "compile", "release"})
    void aScriptWithTheLineEndsOfWindows(String name) throws IOException {
        program("release", "true");
        Path script = buildpack.resolve("bin").resolve(name);
        Files.writeString(script, Files.readString(script).replace("\n", "\r\n"));

        assertFails("bin/" + name + " has the line ends of Windows (CR LF), by which its interpreter is not found "
                + "(expected: line ends of Unix (LF): dos2unix bin/" + name);
    }

    /** As an archive has it that was made on Windows. */
    @Test
    void anArchiveWithoutExecutableBits() throws Exception {
        for (String name : List.of("detect", "compile")) {
            assertThat(buildpack.resolve("bin").resolve(name).toFile().setExecutable(false))
                    .isTrue();
        }
        Path archive = directory.resolve("ugly.tgz");
        Process tar = new ProcessBuilder("tar", "czf", archive.toString(), "-C", buildpack.toString(), "bin")
                .inheritIO()
                .start();
        assertThat(tar.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> build(Buildpack.fetched(archive.toString(), BuildpackSource.archives()), PATIENCE))
                .isInstanceOf(BuildpackException.class)
                .hasMessageStartingWith("buildpack " + archive + ": bin/detect is not executable")
                .hasMessageContaining("chmod +x bin/detect, and in git: git update-index --chmod=+x bin/detect");
    }

    /** What an app brings may come from Windows. */
    @Test
    void filesOfTheAppWithTheLineEndsOfWindows() throws IOException {
        Path source = directory.resolve("source");
        Files.writeString(source.resolve("Procfile"), "web: exec true\r\nworker: sleep 1\r\n");
        Files.writeString(source.resolve(".slugignore"), "# none\r\n*.log\r\n/tmp/\r\n");
        Files.writeString(source.resolve("a.log"), "");
        Files.writeString(source.resolve("b.txt"), "");
        program("compile", "cd \"$1\"; ls");

        assertThat(build(PATIENCE).slug().processTypes())
                .containsExactly(new ProcessType("web", "exec true"), new ProcessType("worker", "sleep 1"));
        assertThat(output).contains("b.txt").doesNotContain("a.log");
    }

    @Test
    void aCompileThatIsMissing() throws IOException {
        Files.delete(buildpack.resolve("bin/compile"));

        assertFails("bin/compile is missing (expected: an executable file)");
    }

    @Test
    void aDirectoryThatIsNone() throws IOException {
        buildpack = Files.writeString(directory.resolve("file"), "");

        assertFails("is not a directory (expected: a directory with bin/detect");
    }

    @Test
    void anInterpreterThatIsNotThere() throws IOException {
        Files.writeString(buildpack.resolve("bin/compile"), "#!/no/such/interpreter\n");

        assertThatThrownBy(() -> build(PATIENCE))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("bin/compile\" ended with status 12");
    }

    @Test
    void aDetectThatFailsAndSaysWhy() throws IOException {
        program("detect", "echo 'no perl here' >&2; exit 1");

        assertThatThrownBy(() -> build(PATIENCE))
                .isInstanceOf(NoBuildpackException.class)
                .hasMessageContaining("the root of the app holds Procfile");
        assertThat(output).contains("no perl here");
    }

    @Test
    void aDetectThatSaysNothingOrTooMuch() throws IOException {
        program("detect", "exit 0");
        assertThat(build(PATIENCE).kind()).isEqualTo("buildpack");

        program("detect", "printf '\\n \\033[1mBold\\033[0m\\nand more\\n'");
        assertThat(build(PATIENCE).kind()).isEqualTo("[1mBold[0m");

        program("detect", "yes | head -c 2000000");
        assertThat(build(PATIENCE).kind()).isEqualTo("y");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            echo '- a list'                                 | output: "[a list]" (expected: a map)
            echo 'default_process_types: [web]'             | default_process_types: "[web]" (expected: a map)
            echo 'default_process_types: {web: [a]}'        | default_process_types.web: "[a]" (expected: text)
            echo 'default_process_types: {"a b": c}'        | process type: "a b"
            echo 'addons: postgres'                         | addons: "postgres" (expected: a list)
            echo 'config_vars: {"1": x}'                    | gives config
            printf 'default_process_types:\\n  web: "x\\n'  | the output of bin/release:3:1 is not YAML
            echo 'a: *unknown'                              | is not YAML
            printf 'a: &a [1]\\nb: !!java.io.File [x]\\n'   | is not YAML
            exit 4                                          | bin/release ended with status 4
            """)
    void aReleaseThatIsNotWhatItShouldBe(String script, String message) throws IOException {
        program("release", script);

        assertFails(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            true
            echo ---
            echo '--- {}'
            printf 'unknown: 1\\ndefault_process_types:\\naddons: ~\\n'
            """)
    void aReleaseThatSaysNothing(String script) throws IOException {
        program("release", script);

        assertThat(build(PATIENCE).slug().processTypes()).containsExactly(new ProcessType("web", "true"));
    }

    @Test
    void aReleaseWithoutTheExecutableBit() throws IOException {
        program("release", "true");
        assertThat(buildpack.resolve("bin/release").toFile().setExecutable(false))
                .isTrue();

        assertFails("bin/release is not executable");
    }

    @ParameterizedTest
    @CsvSource({"detect", "compile", "release"})
    void aProgramThatHangsWithAWholeFamily(String name) throws IOException {
        program(name, "trap '' TERM; (sleep 1000 & sleep 1000) & setsid sleep 1000 & sleep 1000");

        int seconds = 2;
        Throwable error = catchThrowable(() -> build(Duration.ofSeconds(2)));
        while (seconds < 30 && !error.getMessage().contains("bin/" + name)) {
            seconds *= 4;
            Duration longer = Duration.ofSeconds(seconds); // a busy machine had not come so far
            error = catchThrowable(() -> build(longer));
        }

        assertThat(error)
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("bin/" + name)
                .hasMessageContaining("timed out; must complete in " + seconds + " seconds");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void aCompileThatLeavesProcessesBehindThatHoldItsOutput() throws IOException {
        program("compile", "(while :; do echo still here; sleep 0.2; done) & setsid sleep 1000 & echo done");

        assertThat(build(PATIENCE).slug().processTypes()).hasSize(1);
        assertThat(output).contains("done");
    }

    @Test
    void aCompileThatWaitsForAllItsChildren() throws IOException {
        assumeTrue(
                new HostEnvironment(System.getenv()).program("perl").isPresent(), "SKIPPED: perl is not on the PATH");
        program("compile", "exec perl -e 'fork() or exit; 1 while wait() != -1; print \"alone\\n\"'");

        build(PATIENCE);

        assertThat(output).contains("alone");
    }

    @Test
    void aFloodOfOutput() throws IOException {
        program("compile", "yes 0123456789 | head -n 100000; head -c 1000000 /dev/zero");

        build(PATIENCE);

        assertThat(output.stream().filter("0123456789"::equals)).hasSize(100_000);
    }

    @Test
    void aBuildThatAnotherThreadCancels() throws Exception {
        program("compile", "echo started; setsid sleep 1000 & sleep 1000");
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread builder = new Thread(() -> {
            try {
                build(PATIENCE);
            } catch (RuntimeException e) {
                failure.complete(e);
            }
        });
        builder.start();
        await().atMost(PATIENCE).until(() -> output.contains("started"));

        cancelled.complete(null);

        assertThat(failure.get(60, TimeUnit.SECONDS))
                .isInstanceOf(BuildCancelledException.class)
                .hasMessageStartingWith("the build was cancelled");
        builder.join();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void aThreadThatIsInterruptedStaysSo() throws Exception {
        program("compile", "echo started; sleep 1000");
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread builder = new Thread(() -> {
            try {
                build(PATIENCE);
            } catch (BuildException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        builder.start();
        await().atMost(PATIENCE).until(() -> output.contains("started"));

        builder.interrupt();

        assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
        builder.join();
    }

    @Test
    void aBuildThatIsCancelledBeforeItBegins() {
        cancelled.complete(null);

        assertThatThrownBy(() -> build(PATIENCE)).isInstanceOf(BuildCancelledException.class);
    }
}
