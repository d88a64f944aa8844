package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

/** DYN-79, DYN-80: wall-clock time, to the second, weighted by size. */
class HourMeterTest {
    private static final Instant START = Instant.parse("2026-11-30T23:00:00Z");
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

    private final HourMeter meter = new HourMeter(START);

    @Test
    void countsWhatRanBetweenTwoLooks() {
        meter.look(START.plusSeconds(60), 3);
        meter.look(START.plusSeconds(90), 1);
        meter.look(START.plusSeconds(91), 0);
        meter.look(START.plusSeconds(500), 5);
        assertThat(meter.used(NOVEMBER)).isEqualTo(Duration.ofSeconds(91));
    }

    @Test
    void splitsAtTheEndOfTheMonth() {
        meter.look(START, 2);
        meter.look(START.plus(Duration.ofDays(31)).plus(Duration.ofHours(3)), 2);
        assertThat(meter.used(NOVEMBER)).isEqualTo(Duration.ofHours(2));
        assertThat(meter.used(NOVEMBER.plusMonths(1))).isEqualTo(Duration.ofDays(62));
        assertThat(meter.used(NOVEMBER.plusMonths(2))).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void timeThatGoesBackCountsNothing() {
        meter.look(START, 1);
        meter.look(START.minusSeconds(100), 1);
        meter.look(START.plusSeconds(10), 1);
        assertThat(meter.used(NOVEMBER)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void goesOnWhereItStopped() {
        meter.look(START, 1);
        meter.look(START.plusMillis(1_500), 1);
        HourMeter next = new HourMeter(START.plusSeconds(60));
        next.restore(meter.text());
        next.look(START.plusSeconds(60), 1);
        next.look(START.plusSeconds(61), 1);
        assertThat(next.used(NOVEMBER)).isEqualTo(Duration.ofMillis(2_500));
        assertThat(next.all()).containsOnlyKeys(NOVEMBER);
    }

    @Test
    void aDamagedCountIsAnErrorThatNamesTheLine() {
        assertThatThrownBy(() -> meter.restore("2026-11 x\n"))
                .isInstanceOf(StorageException.class)
                .hasRootCauseInstanceOf(NumberFormatException.class);
    }
}
