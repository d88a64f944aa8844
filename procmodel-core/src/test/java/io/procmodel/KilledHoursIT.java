package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** DYN-79: dyno hours survive {@code kill -9} of the host, between two saves too. */
@EnabledOnOs(OS.LINUX)
class KilledHoursIT {
    private static final int DYNOS = 2;

    /** Before the first save that is not the one of the scaling. */
    private static final Duration ENOUGH = Duration.ofMillis(2_500);

    /** What is less than a millisecond is not saved. */
    private static final Duration ROUNDING = Duration.ofMillis(50);

    @TempDir
    Path directory;

    @Test
    void whatWasUsedIsKnownAfterAKill() throws Exception {
        SampleSources.procfile(directory.resolve("source"), "worker: sleep 1000\n");
        Duration signed = runAndKill();
        try (Platform platform =
                Platform.builder().home(directory.resolve("home")).open()) {
            Duration used = platform.app("shop").usage().used();
            assertThat(used).isGreaterThan(signed.multipliedBy(DYNOS).minus(ROUNDING));
        }
    }

    /** How long both dynos had certainly run at a sign of life before the kill. */
    private Duration runAndKill() throws IOException, InterruptedException {
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledHoursHost.class.getName(),
                        directory.resolve("home").toString(),
                        directory.resolve("source").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = host.inputReader()) {
            assertThat(output.lines().anyMatch(line -> line.startsWith("used ")))
                    .isTrue();
            Instant bothUp = Instant.now();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(directory.resolve("home/apps/shop/hours.json"))
                            .contains("running"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> signedSince(bothUp).compareTo(ENOUGH) >= 0);
            Duration signed = signedSince(bothUp);
            host.toHandle().destroyForcibly();
            assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return signed;
        } finally {
            host.destroyForcibly();
        }
    }

    private Duration signedSince(Instant start) throws IOException {
        Path sign = directory.resolve("home/.alive");
        return Duration.between(start, Files.getLastModifiedTime(sign).toInstant());
    }
}
