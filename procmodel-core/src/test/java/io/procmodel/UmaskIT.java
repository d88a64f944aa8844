package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.release.HostKey;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host whose umask gives everything away, or takes everything from others. */
@DisabledOnOs(OS.WINDOWS)
class UmaskIT {
    @TempDir
    Path directory;

    /** Opens a platform in the directory that is its argument, and writes what it keeps. */
    static final class Host {
        private Host() {}

        public static void main(String[] arguments) {
            try (Platform platform = Platform.builder()
                    .isolation(Isolation.NONE)
                    .home(Path.of(arguments[0]))
                    .hostKey(HostKey.of("one", new byte[32]))
                    .addOnProvider(new SampleProvider().provider())
                    .open()) {
                App shop = platform.createApp("shop");
                shop.config().set("TOKEN", "value");
                shop.addOns().add("redistogo");
                platform.pipeline("line").add(shop, PipelineStage.STAGING);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "077", "0277"})
    void filesAndDirectoriesArePrivateWhateverTheUmask(String umask) throws IOException, InterruptedException {
        Path home = directory.resolve("home");
        Process host = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "umask " + umask + " && exec \"$@\"",
                        "host",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        Host.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(host.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            host.destroyForcibly();
        }
        assertThat(host.exitValue()).isZero();

        assertThat(modes(home))
                .hasSizeGreaterThan(10)
                .allMatch(mode -> mode.startsWith("rw------- file ") || mode.startsWith("rwx------ directory "));
    }

    private static List<String> modes(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.map(UmaskIT::mode).toList();
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    + (Files.isDirectory(file) ? " directory " : " file ")
                    + file;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
