package io.procmodel.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.PlatformBuilder;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Buildpacks that name {@code /app}: the home of a build and of a dyno on Heroku. */
@EnabledOnOs(OS.LINUX)
class AppDirectoryIT {
    private static final Path CLI =
            Path.of("src/test/buildpacks/third-party/cli").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private Platform open(PlatformBuilder builder) throws IOException {
        Files.createDirectories(directory.resolve("source"));
        Files.writeString(directory.resolve("source/Procfile"), "web: exec sleep 1000\n");
        return builder.home(directory.resolve("home")).open();
    }

    private App deploy(Platform platform, String... buildpacks) {
        App shop = platform.createApp("shop");
        shop.buildpacks().set(buildpacks);
        shop.deploy(Source.directory(directory.resolve("source")), lines::add);
        return shop;
    }

    private String buildpack(String compile) throws IOException {
        Path buildpack = directory.resolve("buildpack");
        Files.createDirectories(buildpack.resolve("bin"));
        for (String program : List.of("detect", "compile")) {
            Path file = buildpack.resolve("bin").resolve(program);
            Files.writeString(file, "#!/bin/sh\n" + (program.equals("compile") ? compile : "echo Ours") + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        return buildpack.toString();
    }

    private static void assumeThatHomesCanBeMounted() {
        MountedHome mounted = MountedHome.on(new HostEnvironment(System.getenv()));
        assumeTrue(
                mounted.pathOf(Path.of("/home")).equals("/app"),
                "SKIPPED: bubblewrap cannot mount /app here, or the machine has one");
    }

    @Test
    void whatIsInstalledThereWorksInTheBuildAndInTheDyno() throws IOException {
        assumeThatHomesCanBeMounted();
        try (Platform platform = open(Platform.builder())) {
            assumeTrue(platform.capabilities().contains(Capability.SANDBOX), "SKIPPED: no sandbox for dynos");

            App shop = deploy(platform, CLI.toString(), buildpack("greet"));

            assertThat(shop.run("greet").capture(PATIENCE).output()).isEqualTo("hello from the command line\n");
        }
        assertThat(lines)
                .containsSubsequence(
                        "-----> Installing the command line at home in /app",
                        "       hello from the command line",
                        "hello from the command line");
        assertThat(Path.of("/app")).doesNotExist();
    }

    @Test
    void withoutIsolationTheHomeIsWhereItIs() throws IOException {
        try (Platform platform = open(Platform.builder().isolation(Isolation.NONE))) {
            deploy(platform, buildpack("echo \"at home in $HOME\"; touch \"$HOME/mark\""));
        }

        assertThat(lines).anyMatch(line -> line.matches("at home in /.+/run/builds/build-.*/home"));
    }
}
