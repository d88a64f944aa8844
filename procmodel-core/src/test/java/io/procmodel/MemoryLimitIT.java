package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmodel.formation.ByteSize;
import io.procmodel.formation.DynoSize;
import io.procmodel.log.LogOrigin;
import io.procmodel.runtime.Capability;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** DYN-57 where the kernel holds dynos to their sizes: it leaves no time for a measurement, and the log says the same. */
@EnabledOnOs(OS.LINUX)
class MemoryLimitIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final DynoSize SMALL = DynoSize.custom("Small", ByteSize.ofMebibytes(24), 40);

    @TempDir
    Path directory;

    @Test
    void whoAsksForFarTooMuchIsToldR15AndCrashes() throws IOException {
        RecordingSink log = new RecordingSink();
        try (Platform platform = Platform.builder()
                .home(directory.resolve("home"))
                .logs(log)
                .dynoSizes(SMALL)
                .open()) {
            assumeTrue(
                    platform.capabilities().contains(Capability.MEMORY_LIMIT),
                    "control groups for memory cannot be made here");
            App shop = platform.createApp("shop");
            shop.deploy(SampleSources.procfile(directory.resolve("source"), "job: exec tail /dev/zero\n"));

            shop.formation().scale("job=1:small");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(log.of(LogOrigin.heroku("job.1")))
                            .containsSubsequence(
                                    "Process running mem=48M(200.0%)",
                                    "Error R15 (Memory quota vastly exceeded)",
                                    "Stopping process with SIGKILL",
                                    "Process exited with status 137",
                                    "State changed from up to crashed"));
        }
    }
}
