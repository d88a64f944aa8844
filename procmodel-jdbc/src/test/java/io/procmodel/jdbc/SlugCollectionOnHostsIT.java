package io.procmodel.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.procmodel.App;
import io.procmodel.Platform;
import io.procmodel.build.Source;
import io.procmodel.release.Release;
import io.procmodel.slug.FileSlugStore;
import io.procmodel.slug.SlugNotFoundException;
import io.procmodel.slug.SlugStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Slugs are collected by one JVM while another deploys and rolls back, on one store and one database. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SlugCollectionOnHostsIT {
    private static final int ROUNDS = 9;

    @TempDir
    Path directory;

    private Server server;
    private String url;
    private Path slugs;

    @BeforeEach
    void startDatabase() throws Exception {
        server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", directory.toString())
                .start();
        url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./slugs;DB_CLOSE_DELAY=-1";
        slugs = directory.resolve("slugs");
    }

    @AfterEach
    void stopDatabase() {
        server.stop();
    }

    private Source source(int number) throws IOException {
        Path tree = Files.createDirectories(directory.resolve("source-" + number));
        Files.writeString(tree.resolve("Procfile"), "worker: " + number + "\n");
        return Source.directory(tree);
    }

    /** Lets an hour go by for every slug that is there, so that only its use protects it. */
    private void age() throws IOException {
        try (Stream<Path> files = Files.list(slugs.resolve("sha256"))) {
            for (Path file : files.toList()) {
                try {
                    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
                } catch (NoSuchFileException e) {
                    // It was collected meanwhile.
                }
            }
        }
    }

    @Test
    void aReleaseHasItsSlugWhileAnotherHostCollects() throws Exception {
        try (Platform platform = CollectingHost.open(JdbcChaosHost.source(url), directory.resolve("first"), slugs)) {
            App shop = platform.createApp("shop");
            SlugStore store = FileSlugStore.at(slugs);
            Release pinned = shop.deploy(source(-1));
            shop.releases().pin(pinned.version());
            Process collector = startCollector();
            try {
                BufferedReader output = new BufferedReader(new InputStreamReader(collector.getInputStream(), UTF_8));
                answer(output, "ready");
                int refused = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    age();
                    refused += round % 3 == 2 ? rollback(shop) : deploy(shop, round);
                    Release current = shop.releases().current();
                    assertThat(store.contains(current.slug().orElseThrow().digest()))
                            .as("the slug of " + current + ", after " + refused + " refused rollbacks")
                            .isTrue();
                    assertThat(current.slug().orElseThrow().files()).hasSize(1);
                }
                age();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> shop.releases().list().stream()
                                .anyMatch(release -> release.slug().isPresent()
                                        && !store.contains(release.slug().get().digest())));
                collector.getOutputStream().write('\n');
                collector.getOutputStream().close();
                assertThat(Integer.parseInt(answer(output, "collected \\d+").substring("collected ".length())))
                        .isPositive();
                assertThat(collector.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } finally {
                collector.destroyForcibly();
            }
            assertThat(shop.releases().rollback(pinned.version()).slug()).isEqualTo(pinned.slug());
        }
    }

    /** Logging, as it begins, may print what it thinks of its settings before and between. */
    private static String answer(BufferedReader output, String pattern) {
        return output.lines().filter(line -> line.matches(pattern)).findFirst().orElseThrow();
    }

    private int deploy(App shop, int round) throws IOException {
        shop.deploy(source(round % 4));
        return 0;
    }

    /** Whether the slug of the release before is gone is a matter of luck; what is refused must change nothing. */
    private static int rollback(App shop) {
        Release before = shop.releases().current();
        try {
            shop.releases().rollback();
            return 0;
        } catch (SlugNotFoundException e) {
            assertThat(shop.releases().current()).isEqualTo(before);
            return 1;
        }
    }

    private Process startCollector() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CollectingHost.class.getName(),
                        url,
                        directory.resolve("second").toString(),
                        slugs.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
