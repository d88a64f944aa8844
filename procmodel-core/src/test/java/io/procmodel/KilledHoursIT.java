package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
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
    private static final long ENOUGH_MILLIS = DYNOS * 2_500L;

    /** Twice a second there is a sign of life, and the machine may be busy. */
    private static final long MAY_BE_LOST_MILLIS = DYNOS * 1_500L;

    @TempDir
    Path directory;

    @Test
    void whatWasUsedIsKnownAfterAKill() throws Exception {
        SampleSources.procfile(directory.resolve("source"), "worker: sleep 1000\n");
        long printed = runAndKill();
        try (Platform platform =
                Platform.builder().home(directory.resolve("home")).open()) {
            Duration used = platform.app("shop").usage().used();
            assertThat(used).isGreaterThan(Duration.ofMillis(printed - MAY_BE_LOST_MILLIS));
        }
    }

    private long runAndKill() throws IOException, InterruptedException {
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
            Iterator<Long> used = output.lines()
                    .filter(line -> line.startsWith("used "))
                    .map(line -> Long.parseLong(line.substring(5)))
                    .iterator();
            long last = 0;
            while (last < ENOUGH_MILLIS) {
                last = used.next();
            }
            host.toHandle().destroyForcibly();
            while (used.hasNext()) {
                last = used.next();
            }
            assertThat(host.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return last;
        } finally {
            host.destroyForcibly();
        }
    }
}
