package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
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
    void goesOnFromWhatIsOnRecord() {
        meter.look(START, 1);
        meter.look(START.plusMillis(1_500), 1);
        HourMeter next = new HourMeter(START.plusSeconds(60));
        next.learn(meter.take());
        next.look(START.plusSeconds(60), 1);
        next.look(START.plusSeconds(61), 1);
        assertThat(next.used(NOVEMBER)).isEqualTo(Duration.ofMillis(2_500));
        assertThat(next.all()).containsOnlyKeys(NOVEMBER);
    }

    @Test
    void takesWholeMillisecondsAndGoesOnWithTheRest() {
        meter.look(START, 1);
        meter.look(START.plusNanos(1_700_000), 1);
        assertThat(meter.take()).containsExactly(Map.entry(NOVEMBER, Duration.ofMillis(1)));
        meter.look(START.plusNanos(2_100_000), 1);
        assertThat(meter.take()).containsExactly(Map.entry(NOVEMBER, Duration.ofMillis(1)));
        assertThat(meter.used(NOVEMBER)).isEqualTo(Duration.ofNanos(2_100_000));
    }

    @Test
    void whatCouldNotBeRecordedIsTakenAgain() {
        meter.look(START, 1);
        meter.look(START.plusSeconds(5), 0);
        meter.giveBack(meter.take());
        assertThat(meter.used(NOVEMBER)).isEqualTo(Duration.ofSeconds(5));
        assertThat(meter.take()).containsEntry(NOVEMBER, Duration.ofSeconds(5));
    }
}
