package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.procmodel.error.InvalidValueException;
import io.procmodel.event.DynoSizeUndefined;
import io.procmodel.event.PlatformEvent;
import io.procmodel.formation.ByteSize;
import io.procmodel.formation.DynoSize;
import io.procmodel.log.LogOrigin;
import io.procmodel.release.Release;
import io.procmodel.runtime.Capability;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Dyno sizes that the host defines, and what becomes of them when it does not any more. */
@DisabledOnOs(OS.WINDOWS)
class HostSizesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final DynoSize TINY = DynoSize.custom("Tiny", ByteSize.ofMebibytes(64), 40);

    @TempDir
    Path directory;

    private final RecordingSink log = new RecordingSink();
    private final List<PlatformEvent> events = new CopyOnWriteArrayList<>();

    private PlatformBuilder builder() {
        return Platform.builder()
                .isolation(Isolation.NONE)
                .home(directory.resolve("home"))
                .logs(log)
                .subscriber(events::add);
    }

    private App deploy(Platform platform) throws IOException {
        App shop = platform.createApp("shop");
        shop.deploy(SampleSources.procfile(directory.resolve("source"), "job: exec sleep 3600\n"));
        return shop;
    }

    @Test
    void formationResizeAndRunKnowThem() throws IOException {
        try (Platform platform = builder().dynoSizes(TINY).open()) {
            App shop = deploy(platform);

            shop.formation().scale("job=1:tiny");
            assertThat(shop.formation().current()).hasToString("job@1:Tiny");
            shop.formation().resize("job", "1X");
            assertThat(shop.formation().resize("job", "TINY").size("job")).isSameAs(TINY);
            assertThat(shop.run("ulimit -u").size("tiny").capture(PATIENCE).exitStatus())
                    .isZero();
            assertThatThrownBy(() -> shop.formation().resize("job", "huge"))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("Performance-2XL, Tiny");
        }
    }

    /** REL-18. Inside a sandbox, a dyno's size shows as the number of processes that it may have. */
    @Test
    void theReleaseDynoHasTheSizeOfItsType() throws IOException {
        try (Platform platform = Platform.builder()
                .home(directory.resolve("home"))
                .dynoSizes(TINY)
                .open()) {
            assumeThat(platform.capabilities()).as("a sandbox").contains(Capability.SANDBOX);
            App shop = platform.createApp("shop");
            Release standard = shop.deploy(SampleSources.procfile(directory.resolve("source"), "release: ulimit -u\n"));
            shop.formation().resize("release", "tiny");
            Release tiny = shop.config().set("MODE", "two");

            assertThat(shop.releases().output(standard.version())).contains("256\n");
            assertThat(shop.releases().output(tiny.version())).contains("40\n");
        }
    }

    @Test
    void oneThatIsNotDefinedAnyMoreIsToldAndTheAppStaysUsable() throws IOException {
        try (Platform platform = builder().dynoSizes(TINY).open()) {
            deploy(platform).formation().scale("job=1:tiny");
        }

        try (Platform platform = builder().open()) {
            App shop = platform.app("shop");
            shop.dynos().awaitUp(PATIENCE);

            DynoSize size = shop.formation().current().size("job");
            assertThat(size).hasToString("Tiny");
            assertThat(size.isDefined()).isFalse();
            assertThat(size.memory()).isEqualTo(DynoSize.STANDARD_1X.memory());
            assertThat(log.of(LogOrigin.api()))
                    .contains("Size Tiny of job is not defined here: its dynos run as Standard-1X");
            await().atMost(PATIENCE).until(() -> events.stream().anyMatch(DynoSizeUndefined.class::isInstance));
            shop.formation().scale("job=2");
            assertThat(shop.formation().current()).hasToString("job@2:Tiny");
        }
        assertThat(events.stream().filter(DynoSizeUndefined.class::isInstance).map(DynoSizeUndefined.class::cast))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.app()).hasToString("shop");
                    assertThat(event.type()).isEqualTo("job");
                    assertThat(event.size()).isEqualTo("Tiny");
                });

        try (Platform platform = builder().dynoSizes(TINY).open()) {
            App shop = platform.app("shop");
            assertThat(shop.formation().current().size("job")).isSameAs(TINY);
            assertThat(shop.formation().resize("job", "Standard-2X")).hasToString("job@2:Standard-2X");
        }
        try (Platform platform = builder().open()) {
            assertThat(platform.app("shop").formation().current()).hasToString("job@2:Standard-2X");
        }
        assertThat(events.stream().filter(DynoSizeUndefined.class::isInstance)).hasSize(1);
    }
}
