package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** DYN-79: what is kept of the hours. */
class HourRecordTest {
    private static final Instant SINCE = Instant.parse("2026-11-30T23:00:00Z");
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    private static final HourRecord NONE = HourRecord.parse(Optional.empty());

    @Test
    void readsWhatItWrites() {
        HourRecord record =
                NONE.plus(Map.of(NOVEMBER, Duration.ofMillis(1_234)), "a", new HourRecord.Running(3, SINCE));
        assertThat(record.text()).isEqualTo("2026-11 1234\nrunning a 3 1796079600000\n");
        assertThat(HourRecord.parse(Optional.of(record.text()))).isEqualTo(record);
    }

    @Test
    void hostsAddUpAndSpeakForThemselves() {
        HourRecord record = NONE.plus(Map.of(NOVEMBER, Duration.ofSeconds(1)), "a", new HourRecord.Running(1, SINCE))
                .plus(Map.of(NOVEMBER, Duration.ofSeconds(2)), "b", new HourRecord.Running(2, SINCE))
                .plus(Map.of(), "a", null);
        assertThat(record.months()).containsExactly(Map.entry(NOVEMBER, Duration.ofSeconds(3)));
        assertThat(record.running()).containsOnlyKeys("b");
    }

    @Test
    void keepsFourteenMonths() {
        HourRecord record = NONE;
        for (int i = 0; i < 20; i++) {
            record = record.plus(Map.of(NOVEMBER.plusMonths(i), Duration.ofSeconds(1)), "a", null);
        }
        assertThat(record.months()).hasSize(14).doesNotContainKey(NOVEMBER.plusMonths(5));
    }

    @Test
    void aDamagedRecordIsAnErrorThatNamesTheLine() {
        for (String line : new String[] {"2026-11 x", "2026-13 1", "running a", "x"}) {
            assertThatThrownBy(() -> HourRecord.parse(Optional.of(line + "\n")))
                    .isInstanceOf(StorageException.class)
                    .rootCause()
                    .isNotNull();
        }
    }
}
