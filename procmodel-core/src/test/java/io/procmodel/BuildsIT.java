package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.procmodel.build.BuildCancelledException;
import io.procmodel.build.BuildException;
import io.procmodel.build.Source;
import io.procmodel.error.InvalidValueException;
import io.procmodel.log.LogOrigin;
import io.procmodel.release.Release;
import io.procmodel.runtime.Isolation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Builds of an app through the public API, with buildpack directories. */
@EnabledOnOs(OS.LINUX)
class BuildsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GREETER =
            Path.of("src/test/buildpacks/greeter-bash").toAbsolutePath().toString();
    private static final LogOrigin BUILD = LogOrigin.app("build");

    @TempDir
    Path directory;

    private final RecordingSink log = new RecordingSink();
    private final TaggedProcesses processes = new TaggedProcesses();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private Path source;

    @BeforeEach
    void writeApp() throws IOException {
        source = Files.createDirectory(directory.resolve("source"));
        Files.writeString(source.resolve("greeting.txt"), "");
    }

    @AfterEach
    void assertThatNoProcessIsLeft() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processes.alive()).isEmpty());
        assertThat(directory.resolve("home/run")).doesNotExist();
    }

    private Platform open() {
        return Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .logs(log)
                .user("ops")
                .open();
    }

    /** A buildpack whose compile never ends, with a child in a session of its own. */
    static String hanging(Path directory, String tag) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("hanging/bin"));
        Map<String, String> scripts = Map.of(
                "detect",
                "echo Hanging",
                "compile",
                "export " + TaggedProcesses.NAME + "=" + tag + "\n"
                        + "setsid sleep 1000 & (trap '' TERM; sleep 1000) & echo hanging; while :; do sleep 1000; done");
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            Path file = Files.writeString(bin.resolve(script.getKey()), "#!/bin/sh\n" + script.getValue() + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        return bin.getParent().toString();
    }

    /** BLD-20, LOG-10, DYN-36, DYN-39. */
    @Test
    void aBuildTellsItsCallerAndTheLogAndItsProfileReachesEveryDyno() {
        try (Platform platform = open()) {
            App app = platform.createApp("shop");
            app.buildpacks().set(GREETER);
            app.config().set("GREETING", "it's");

            Release release = app.deploy(Source.directory(source), lines::add);

            assertThat(lines).startsWith("-----> Greeter app detected", "-----> Greeting on heroku-24");
            assertThat(lines).contains("-----> Adding heroku-postgresql:mini");
            assertThat(log.of(BUILD)).startsWith("-----> Greeter app detected").hasSizeGreaterThan(5);
            assertThat(log.of(LogOrigin.api())).contains("Build started by user ops", "Build succeeded");
            assertThat(release.config().asMap()).containsEntry("GREETER_MODE", "polite");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(log.of(LogOrigin.app("web.1"))).contains("it's, web"));
            assertThat(app.run("greet 'one off' && echo $HOME")
                            .capture(PATIENCE)
                            .output())
                    .startsWith("it's, one off\n/");
        }
    }

    /** BLD-4. */
    @Test
    void aFailedBuildChangesNothingAndLeavesItsLog() {
        try (Platform platform = open()) {
            App app = platform.createApp("shop");
            app.buildpacks().set(GREETER);
            app.deploy(Source.directory(source));
            app.config().set("GREETING_FAILS", "yes");
            List<Release> before = app.releases().list();

            assertThatThrownBy(() -> app.deploy(Source.directory(source), lines::add))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("bin/compile\" ended with status 3");

            assertThat(app.releases().list()).isEqualTo(before);
            assertThat(lines).contains(" !     Refusing to greet");
            assertThat(log.of(BUILD)).contains(" !     Refusing to greet");
            assertThat(log.of(LogOrigin.api())).endsWith("Build failed -- check your build output");
            assertThat(directory.resolve("home/run/builds")).isEmptyDirectory();
        }
    }

    @Test
    void buildpacksOutliveThePlatformAndAreCheckedWhenTheyAreSet() {
        try (Platform platform = open()) {
            AppBuildpacks buildpacks = platform.createApp("shop").buildpacks();
            buildpacks.set("heroku/nodejs");
            buildpacks.add(GREETER);

            assertThatThrownBy(() -> buildpacks.add("heroku/cobol"))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("buildpack: \"heroku/cobol\" (expected: the absolute path of a directory");
            assertThatThrownBy(() -> buildpacks.add(GREETER)).hasMessageContaining("each buildpack once");
        }
        try (Platform platform = open()) {
            AppBuildpacks buildpacks = platform.app("shop").buildpacks();
            assertThat(buildpacks.list()).containsExactly("heroku/nodejs", GREETER);

            buildpacks.remove("heroku/nodejs");
            assertThat(buildpacks.list()).containsExactly(GREETER);
            buildpacks.clear();
            assertThat(buildpacks.list()).isEmpty();
        }
    }

    /** As the issue of promotion words it. */
    @Test
    void aSlugIsBuiltOnceAndReleasedTwice() {
        try (Platform platform = open()) {
            App staging = platform.createApp("staging");
            App production = platform.createApp("production");
            assertThatThrownBy(() ->
                            production.release(staging.releases().current().slug()))
                    .isInstanceOf(NothingDeployedException.class);
            staging.buildpacks().set(GREETER);
            staging.release(staging.build(Source.directory(source)));

            Release promoted = production.release(staging.releases().current().slug());

            assertThat(promoted.slug()).isEqualTo(staging.releases().current().slug());
            assertThat(promoted.description()).startsWith("Deploy ");
        }
    }

    @Test
    void whatBuildsKeptCanBeForgotten() {
        try (Platform platform = open()) {
            App app = platform.createApp("shop");
            app.buildpacks().set(GREETER);
            app.build(Source.directory(source), lines::add);
            app.builds().purgeCache();
            app.build(Source.directory(source), lines::add);

            assertThat(lines.stream().filter("       build number 1"::equals)).hasSize(2);
            assertThat(app.releases().list()).hasSize(1);
        }
    }

    /** BLD-31. */
    @Test
    void cancelEndsABuildAndTheOneThatWaitsForIt() throws Exception {
        try (Platform platform = open()) {
            App app = platform.createApp("shop");
            app.buildpacks().set(hanging(directory, processes.value()));
            List<CompletableFuture<Throwable>> failures = List.of(new CompletableFuture<>(), new CompletableFuture<>());
            startDeploy(app, failures.get(0));
            await().atMost(PATIENCE)
                    .until(() -> lines.contains("hanging") && processes.alive().size() >= 3);
            Thread second = startDeploy(app, failures.get(1));
            await().atMost(PATIENCE).until(() -> waitsForItsTurn(second));

            assertThat(app.builds().cancel()).isEqualTo(2);

            for (CompletableFuture<Throwable> failure : failures) {
                assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(BuildCancelledException.class);
            }
            assertThat(processes.alive()).isEmpty();
            assertThat(app.builds().cancel()).isZero();
            assertThat(lines).containsOnlyOnce("hanging");
        }
    }

    private Thread startDeploy(App app, CompletableFuture<Throwable> failure) {
        Thread thread = new Thread(() -> {
            try {
                app.deploy(Source.directory(source), lines::add);
            } catch (RuntimeException e) {
                failure.complete(e);
            }
        });
        thread.start();
        return thread;
    }

    private static boolean waitsForItsTurn(Thread thread) {
        return thread.getState() == Thread.State.WAITING
                && Stream.of(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().endsWith("BuildDesk$Turn"));
    }

    @Test
    void closingThePlatformEndsABuild() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        try (Platform platform = open()) {
            App app = platform.createApp("shop");
            app.buildpacks().set(hanging(directory, processes.value()));
            startDeploy(app, failure);
            await().atMost(PATIENCE).until(() -> lines.contains("hanging"));
        }
        assertThat(processes.alive()).isEmpty();
        assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(BuildCancelledException.class);
    }

    @Test
    void aHostThatIsKilledLeavesNothingOfItsBuild() throws Exception {
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BuildingHost.class.getName(),
                        directory.resolve("home").toString(),
                        source.toString(),
                        hanging(directory, processes.value()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = host.inputReader()) {
            assertThat(output.lines().anyMatch("hanging"::equals)).isTrue();
            await().atMost(PATIENCE).until(() -> processes.alive().size() >= 3);
            host.toHandle().destroyForcibly();
            assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            host.destroyForcibly();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processes.alive()).isEmpty());
        try (Platform platform = open()) {
            assertThat(platform.app("shop").releases().list()).hasSize(1);
            assertThat(directory.resolve("home/run/builds"))
                    .satisfiesAnyOf(
                            builds -> assertThat(builds).doesNotExist(),
                            builds -> assertThat(builds).isEmptyDirectory());
        }
    }
}
