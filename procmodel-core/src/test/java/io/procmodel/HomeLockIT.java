package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.runtime.Isolation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One home, one platform: within this JVM and beside another one. */
class HomeLockIT {
    @TempDir
    Path home;

    private Process other;

    /** Starts another JVM on the home and gives its first line. */
    private String openElsewhere() throws IOException {
        other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HomeHolder.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = other.inputReader();
        return output.readLine();
    }

    @AfterEach
    void endTheOther() throws InterruptedException {
        if (other != null) {
            other.destroyForcibly();
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Platform open() {
        return Platform.builder().isolation(Isolation.NONE).home(home).open();
    }

    @Test
    void aHomeHeldByAnotherJvmIsRefusedWithThatProcessId() throws IOException {
        assertThat(openElsewhere()).isEqualTo("open []");
        assertThatTheOtherIsNamed();

        moveStart(1_000);
        assertThatTheOtherIsNamed();

        moveStart(-60_000);
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        HomeInUseException.class, e -> assertThat(e.holder()).isEmpty());
    }

    private void assertThatTheOtherIsNamed() {
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        HomeInUseException.class, e -> assertThat(e.holder()).hasValue(other.pid()))
                .hasMessageContaining("is in use by process " + other.pid());
    }

    /** As when the wall clock was set between the starts of the two JVMs. */
    private void moveStart(long millis) throws IOException {
        String prefix = ".holder-" + other.pid() + "-";
        try (DirectoryStream<Path> markers = Files.newDirectoryStream(home, prefix + "*")) {
            Path marker = markers.iterator().next();
            long started = Long.parseLong(marker.getFileName().toString().substring(prefix.length()));
            Files.move(marker, marker.resolveSibling(prefix + (started + millis)));
        }
    }

    @Test
    void theHomeOfAKilledHostIsFreeAtOnce() throws IOException, InterruptedException {
        assertThat(openElsewhere()).isEqualTo("open []");
        other.destroyForcibly().waitFor();

        try (Platform platform = open()) {
            assertThat(platform.apps()).isEmpty();
        }
    }

    /** The trap: closing any channel of a locked file drops the lock of the whole JVM. */
    @Test
    void aSecondOpenInThisJvmFailsAndDoesNotDropTheLockOfTheFirst() throws IOException {
        try (Platform platform = open()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(this::open).isInstanceOf(HomeInUseException.class);
            }

            assertThat(openElsewhere())
                    .contains("is in use by process " + ProcessHandle.current().pid());
            assertThat(platform.apps()).isEmpty();
        }
    }

    @Test
    void aClosedHomeCanBeOpenedAgain() {
        open().close();
        open().close();

        assertThat(home).isDirectoryNotContaining("glob:**/.holder-*");
    }
}
