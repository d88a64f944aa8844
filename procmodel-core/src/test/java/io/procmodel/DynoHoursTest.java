package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.name.AppName;
import io.procmodel.state.AppStateStore;
import io.procmodel.state.FileAppStateStore;
import io.procmodel.state.StateName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DYN-79: what a platform that was killed had running is counted up to its last sign of life, once. */
class DynoHoursTest {
    private static final Instant KILLED = Instant.parse("2026-11-30T23:59:00Z");
    private static final AppName SHOP = AppName.of("shop");
    private static final StateName HOURS = StateName.of("hours");

    @TempDir
    Path home;

    private Platform open() {
        return Platform.builder()
                .home(home)
                .clock(() -> KILLED.plus(Duration.ofHours(5)))
                .open();
    }

    @Test
    void countsUpToTheLastSignOfLife() throws Exception {
        try (Platform platform = open()) {
            platform.createApp(SHOP);
        }
        Path alive = home.resolve(".alive");
        String name = Files.readString(alive).strip();
        AppStateStore states = FileAppStateStore.at(home.resolve("apps"));
        long since = KILLED.minusSeconds(90).toEpochMilli();
        states.update(
                SHOP,
                HOURS,
                before -> "2026-11 1000\nrunning " + name + " 3 " + since + "\nrunning other 5 " + since + "\n");
        Files.setLastModifiedTime(alive, FileTime.from(KILLED));

        for (int round = 0; round < 2; round++) {
            try (Platform platform = open()) {
                assertThat(platform.app("shop").usage().months())
                        .containsEntry(YearMonth.of(2026, 11), Duration.ofSeconds(1 + 3 * 90));
            }
        }
        assertThat(states.load(SHOP, HOURS).orElseThrow().text())
                .isEqualTo("2026-11 271000\nrunning other 5 " + since + "\n");
    }
}
