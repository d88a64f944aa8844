package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.procmodel.build.BuildException;
import io.procmodel.build.Source;
import io.procmodel.build.SourceException;
import io.procmodel.config.ConfigTooLargeException;
import io.procmodel.error.InvalidValueException;
import io.procmodel.error.ProcModelException;
import io.procmodel.formation.UnknownProcessTypeException;
import io.procmodel.procfile.ProcfileException;
import io.procmodel.release.IneligibleReleaseException;
import io.procmodel.release.NoSuchReleaseException;
import io.procmodel.slug.SlugEntryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What bad input gets: a typed error that names the value and what was expected, and nothing half-done. Each case runs on an
 * app of one worker type, not scaled, with three releases.
 */
@DisabledOnOs(OS.WINDOWS)
class BadInputIT {
    @TempDir
    Path directory;

    /** A call with something wrong in it. */
    interface Mistake {
        void make(Platform platform, App app, Path directory) throws IOException;
    }

    record Case(String name, Mistake mistake, Class<? extends ProcModelException> type, List<String> named) {
        Case(String name, Mistake mistake, Class<? extends ProcModelException> type, String... named) {
            this(name, mistake, type, List.of(named));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(
                        "app name",
                        (platform, app, directory) -> platform.createApp("My_Shop"),
                        InvalidValueException.class,
                        "app name: \"My_Shop\"",
                        "expected: 3 to 30 of a-z"),
                new Case(
                        "app name taken",
                        (platform, app, directory) -> platform.createApp("shop"),
                        AppExistsException.class,
                        "\"shop\" is taken"),
                new Case(
                        "unknown app",
                        (platform, app, directory) -> platform.app("store"),
                        NoSuchAppException.class,
                        "\"store\" does not exist",
                        "one of [shop]"),
                new Case(
                        "Procfile with a line that is none",
                        (platform, app, directory) -> app.deploy(
                                SampleSources.procfile(directory.resolve("bad"), "web: ok\nworker node x.js\n")),
                        ProcfileException.class,
                        "2",
                        "worker"),
                new Case(
                        "Procfile with a type twice",
                        (platform, app, directory) ->
                                app.deploy(SampleSources.procfile(directory.resolve("bad"), "web: a\nweb: b\n")),
                        ProcfileException.class,
                        "web"),
                new Case(
                        "no Procfile",
                        (platform, app, directory) ->
                                app.deploy(Source.directory(Files.createDirectories(directory.resolve("empty")))),
                        BuildException.class,
                        "Procfile"),
                new Case(
                        "missing source directory",
                        (platform, app, directory) -> app.deploy(Source.directory(directory.resolve("nowhere"))),
                        SourceException.class,
                        "nowhere",
                        "expected"),
                new Case(
                        "source that is a file",
                        (platform, app, directory) ->
                                app.deploy(Source.directory(Files.writeString(directory.resolve("file"), "x"))),
                        SourceException.class,
                        "file",
                        "directory"),
                new Case(
                        "symbolic link that leaves the source",
                        (platform, app, directory) -> {
                            Source source = SampleSources.procfile(directory.resolve("linked"), "web: a\n");
                            Files.createSymbolicLink(directory.resolve("linked/out"), Path.of("/etc/passwd"));
                            app.deploy(source);
                        },
                        SlugEntryException.class,
                        "out",
                        "/etc/passwd"),
                new Case(
                        "scale expression",
                        (platform, app, directory) -> app.formation().scale("worker:2"),
                        InvalidValueException.class,
                        "worker:2",
                        "expected"),
                new Case(
                        "scale expression after a good one",
                        (platform, app, directory) -> app.formation().scale("worker=1", "worker=x"),
                        InvalidValueException.class,
                        "worker=x"),
                new Case(
                        "unknown process type",
                        (platform, app, directory) -> app.formation().scale("worker=1", "clock=1"),
                        UnknownProcessTypeException.class,
                        "clock",
                        "worker"),
                new Case(
                        "negative quantity",
                        (platform, app, directory) -> app.formation().scale("worker-1"),
                        InvalidValueException.class,
                        "worker",
                        "-1",
                        "expected"),
                new Case(
                        "unknown size",
                        (platform, app, directory) -> app.formation().resize("worker", "17X"),
                        InvalidValueException.class,
                        "17X",
                        "expected"),
                new Case(
                        "config key with a hyphen",
                        (platform, app, directory) -> app.config().set("MY-KEY", "value"),
                        InvalidValueException.class,
                        "MY-KEY",
                        "expected"),
                new Case(
                        "config key with a leading digit",
                        (platform, app, directory) -> app.config().set("1KEY", "value"),
                        InvalidValueException.class,
                        "1KEY"),
                new Case(
                        "config of more than 64 kB",
                        (platform, app, directory) -> app.config().set("BIG", "x".repeat(65_536)),
                        ConfigTooLargeException.class,
                        "BIG",
                        "65536"),
                new Case(
                        "unknown release",
                        (platform, app, directory) -> app.releases().rollback(17),
                        NoSuchReleaseException.class,
                        "v17"),
                new Case(
                        "release without a slug",
                        (platform, app, directory) -> app.releases().rollback(1),
                        IneligibleReleaseException.class,
                        "v1",
                        "slug"),
                new Case(
                        "dyno name",
                        (platform, app, directory) -> app.dynos().get("worker"),
                        InvalidValueException.class,
                        "\"worker\"",
                        "such as web.1"),
                new Case(
                        "unknown dyno",
                        (platform, app, directory) -> app.dynos().restart("worker.9"),
                        NoSuchDynoException.class,
                        "\"worker.9\" does not exist"),
                new Case(
                        "home in use",
                        (platform, app, directory) -> Platform.builder()
                                .home(directory.resolve("home"))
                                .open()
                                .close(),
                        HomeInUseException.class,
                        "is in use by process " + ProcessHandle.current().pid()),
                new Case(
                        "home that cannot be written",
                        (platform, app, directory) -> Platform.builder()
                                .home(Path.of("/proc/procmodel-home"))
                                .open()
                                .close(),
                        HomeUnusableException.class,
                        "/proc/procmodel-home",
                        "expected: a directory that this process can create and write"),
                new Case(
                        "home below a file",
                        (platform, app, directory) -> {
                            Files.writeString(directory.resolve("plain"), "x");
                            Platform.builder()
                                    .home(directory.resolve("plain/home"))
                                    .open()
                                    .close();
                        },
                        HomeUnusableException.class,
                        "plain/home",
                        "expected: a directory that this process can create and write"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void getsATypedErrorAndChangesNothing(Case example) throws IOException {
        try (Platform platform =
                Platform.builder().home(directory.resolve("home")).open()) {
            App app = platform.createApp("shop");
            app.config().set("GREETING", "hello");
            app.deploy(SampleSources.procfile(directory.resolve("good"), "worker: sleep 1000\n"));
            String before = state(platform, app);

            Throwable error = catchThrowable(() -> example.mistake().make(platform, app, directory));

            assertThat(error).isInstanceOf(example.type());
            for (String named : example.named()) {
                assertThat(error).hasMessageContaining(named);
            }
            assertThat(state(platform, app)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker: no-such-program", "worker: ./missing.sh --now"})
    void aCommandThatDoesNotExistIsNamedWhenItsDynosAreWaitedFor(String procfile) throws IOException {
        try (Platform platform =
                Platform.builder().home(directory.resolve("home")).open()) {
            App app = platform.createApp("shop");
            app.deploy(SampleSources.procfile(directory.resolve("good"), "web: " + procfile.substring(8) + "\n"));

            Throwable error = catchThrowable(() -> app.dynos().awaitUp(Duration.ofSeconds(60)));

            assertThat(error)
                    .isInstanceOf(DynosNotUpException.class)
                    .hasMessageContaining("`" + procfile.substring(8) + "`")
                    .hasMessageContaining("exit status 127")
                    .hasMessageContaining("expected: every dyno up");
        }
    }

    @Test
    void aClosedPlatformTakesNoChanges() throws IOException {
        Platform platform = Platform.builder().home(directory.resolve("home")).open();
        App app = platform.createApp("shop");
        platform.close();
        platform.close();

        List<Throwable> errors = List.of(
                catchThrowable(() -> app.config().set("A", "b")),
                catchThrowable(() -> app.deploy(Source.directory(directory))),
                catchThrowable(() -> platform.createApp("other")));

        assertThat(errors)
                .allSatisfy(error -> assertThat(error)
                        .isInstanceOf(PlatformClosedException.class)
                        .hasMessageContaining("expected: a call before close()"));
    }

    /** Everything that could have been changed half-way: apps, releases, formation, and the files of the home. */
    private String state(Platform platform, App app) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("home"))) {
            TreeSet<String> names = new TreeSet<>();
            files.map(Path::toString).filter(name -> !name.contains("/cache/")).forEach(names::add);
            return platform.apps() + "\n" + app.releases().list() + "\n"
                    + app.formation().current() + "\n" + app.dynos().list() + "\n" + names;
        }
    }
}
