package io.procmodel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.procmodel.event.LedgerCut;
import io.procmodel.event.PlatformEvent;
import io.procmodel.runtime.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that ends in half a record when its platform opens. */
class LedgerCutTest {
    @TempDir
    Path home;

    private final List<PlatformEvent> events = new CopyOnWriteArrayList<>();

    private Platform open() {
        return Platform.builder()
                .isolation(Isolation.NONE)
                .home(home)
                .subscriber(events::add)
                .open();
    }

    @Test
    void aTornTailIsCutAndToldAsAnEvent() throws IOException {
        try (Platform platform = open()) {
            platform.createApp("cart");
            platform.createApp("shop").config().set("GREETING", "hello");
        }
        Path log = home.resolve("apps/shop/ledger/releases.log");
        long sound = Files.size(log);
        Files.write(log, "half a record".getBytes(US_ASCII), StandardOpenOption.APPEND);

        try (Platform platform = open()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> events.stream().anyMatch(LedgerCut.class::isInstance));
            assertThat(platform.app("shop").config().vars().asMap()).containsEntry("GREETING", "hello");
            assertThat(platform.app("shop").releases().verify().isIntact()).isTrue();
        }

        assertThat(events.stream().filter(LedgerCut.class::isInstance).map(LedgerCut.class::cast))
                .singleElement()
                .satisfies(cut -> {
                    assertThat(cut.app()).hasToString("shop");
                    assertThat(cut.offset()).isEqualTo(sound);
                    assertThat(cut.bytes()).isEqualTo("half a record".length());
                    assertThat(cut.lost()).isZero();
                });
        assertThat(log).hasSize(sound);
    }
}
