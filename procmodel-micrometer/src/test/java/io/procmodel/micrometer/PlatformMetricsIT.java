package io.procmodel.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.runtime.Isolation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(180)
class PlatformMetricsIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void countDynosReleasesBootsAndCrashes() throws Exception {
        Path sources = Files.createDirectory(directory.resolve("source"));
        Files.writeString(sources.resolve("Procfile"), "worker: sleep 1000\nbroken: exit 1\n");
        Files.writeString(sources.resolve("package.json"), "{\"name\":\"x\",\"version\":\"1.0.0\"}");
        try (Platform platform = Platform.builder()
                        .isolation(Isolation.NONE)
                        .home(directory.resolve("home"))
                        .open();
                PlatformMetrics metrics = new PlatformMetrics(platform)) {
            metrics.bindTo(registry);
            App shop = platform.createApp("shop");
            shop.deploy(Source.directory(sources));
            shop.formation().scale("worker=2", "broken=1");

            Awaitility.await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
                assertThat(registry.get("procmodel.dynos")
                                .tags("type", "worker", "state", "up")
                                .gauge()
                                .value())
                        .isEqualTo(2);
                assertThat(registry.get("procmodel.dyno.crashes")
                                .tag("type", "broken")
                                .counter()
                                .count())
                        .isPositive();
            });
            Awaitility.await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
                assertThat(registry.get("procmodel.releases")
                                .tag("app", "shop")
                                .counter()
                                .count())
                        .isEqualTo(shop.releases().list().size());
                assertThat(registry.get("procmodel.dyno.starts")
                                .tag("type", "worker")
                                .counter()
                                .count())
                        .isEqualTo(2);
                assertThat(registry.get("procmodel.dyno.boot")
                                .tag("type", "worker")
                                .timer()
                                .count())
                        .isEqualTo(2);
                assertThat(registry.get("procmodel.dyno.boot")
                                .tag("type", "worker")
                                .timer()
                                .totalTime(TimeUnit.NANOSECONDS))
                        .isPositive();
            });

            shop.dynos().restart("worker.1");
            Awaitility.await()
                    .atMost(LONG)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(registry.get("procmodel.dyno.restarts")
                                    .tag("type", "worker")
                                    .counter()
                                    .count())
                            .isEqualTo(1));
        }
    }
}
