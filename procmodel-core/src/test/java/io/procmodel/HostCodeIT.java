package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.procmodel.dyno.DynoState;
import io.procmodel.log.LogSource;
import io.procmodel.policy.AppPolicy;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Code of the host that breaks its promises, and times that no clock reaches: dynos run and end all the same. */
@DisabledOnOs(OS.WINDOWS)
class HostCodeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    @TempDir
    Path directory;

    private final AtomicInteger thrown = new AtomicInteger();

    private RuntimeException failure() {
        thrown.incrementAndGet();
        return new IllegalStateException("log of the test");
    }

    private App deploy(Platform platform) throws IOException {
        App shop = platform.createApp("shop");
        shop.deploy(SampleSources.procfile(directory.resolve("source"), "worker: exec sleep 1000\n"));
        return shop;
    }

    private PlatformBuilder builder() {
        return Platform.builder().home(directory.resolve("home")).isolation(Isolation.NONE);
    }

    /** More output than any pipe holds: who is not read from would never end. */
    @Test
    void aLogThatThrowsKeepsNoDynoFromRunning() throws IOException {
        try (Platform platform = builder()
                .logs((app, origin) -> new LogSource() {
                    @Override
                    public void write(ByteBuffer chunk) {
                        throw failure();
                    }

                    @Override
                    public void close() {
                        throw failure();
                    }
                })
                .open()) {
            App shop = deploy(platform);
            shop.formation().scale("worker=1");
            shop.dynos().awaitUp(PATIENCE);

            assertThat(shop.run("head -c 1000000 /dev/zero; exit 3").detached().await(PATIENCE))
                    .isEqualTo(3);
            assertThat(thrown).hasPositiveValue();
            shop.formation().scale("worker=0");
            await().atMost(PATIENCE).until(() -> shop.dynos().list().isEmpty());
        }
    }

    @Test
    void aLogThatCannotBeOpenedKeepsNoDynoFromRunning() throws IOException {
        try (Platform platform = builder()
                .logs((app, origin) -> {
                    throw failure();
                })
                .open()) {
            App shop = deploy(platform);
            shop.formation().scale("worker=1");
            shop.dynos().awaitUp(PATIENCE);

            assertThat(shop.run("exit 3").capture(PATIENCE).exitStatus()).isEqualTo(3);
            assertThat(thrown).hasPositiveValue();
        }
    }

    @Test
    void timesThatNoClockReachesAreNoLimits() throws IOException {
        AppPolicy patient = AppPolicy.HEROKU
                .bootTimeout(FOR_EVER)
                .attachedIdle(FOR_EVER)
                .everyType(type -> type.stopGrace(FOR_EVER));
        try (Platform platform = builder().policy(patient).open()) {
            App shop = deploy(platform);
            shop.formation().scale("worker=1");
            shop.dynos().awaitUp(FOR_EVER);
            OneOffDyno dyno = shop.run("exit 3").timeToLive(FOR_EVER).detached();
            assertThat(dyno.await(FOR_EVER)).isEqualTo(3);
            assertThat(shop.dynos().get("worker.1").state()).isEqualTo(DynoState.UP);
            shop.dynos().restart();
            shop.dynos().awaitUp(FOR_EVER);
        }
    }
}
