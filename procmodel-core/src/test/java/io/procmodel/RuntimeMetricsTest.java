package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.DynoUsage;
import io.procmodel.formation.ByteSize;
import io.procmodel.formation.DynoSize;
import io.procmodel.name.AppName;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** DYN-59: what is logged about a dyno's load and memory. */
class RuntimeMetricsTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final String PREFIX = "source=web.1 dyno=heroku.shop.00000000-0000-0001-0000-000000000002 ";

    private final RuntimeMetrics metrics =
            new RuntimeMetrics(AppName.of("shop"), DynoName.parse("web.1"), new UUID(1, 2), DynoSize.STANDARD_2X);

    private static DynoUsage usage(Duration cpu) {
        return new DynoUsage(ByteSize.ofMebibytes(300), ByteSize.ofMebibytes(200), ByteSize.ofMebibytes(100), 4, cpu);
    }

    @Test
    void writesLoadAndMemoryEveryTwentySeconds() {
        assertThat(metrics.lines(usage(Duration.ZERO), START))
                .containsExactly(
                        PREFIX + "sample#load_avg_1m=0.00 sample#load_avg_5m=0.00 sample#load_avg_15m=0.00",
                        PREFIX + "sample#memory_total=300.00MB sample#memory_rss=200.00MB"
                                + " sample#memory_cache=0.00MB sample#memory_swap=100.00MB"
                                + " sample#memory_quota=1024.00MB");
        assertThat(metrics.lines(usage(Duration.ofSeconds(38)), START.plusSeconds(19)))
                .isEmpty();
        assertThat(metrics.lines(usage(Duration.ofSeconds(40)), START.plusSeconds(20)))
                .hasSize(2);
    }

    @Test
    void theLoadIsWhatIsUsedOfProcessorsAsAMovingAverage() {
        metrics.lines(usage(Duration.ZERO), START);
        assertThat(metrics.lines(usage(Duration.ofMinutes(2)), START.plusSeconds(60)))
                .first()
                .asString()
                .as("two processors for a minute")
                .endsWith("sample#load_avg_1m=1.26 sample#load_avg_5m=0.36 sample#load_avg_15m=0.13");
        assertThat(metrics.lines(usage(Duration.ofMinutes(1)), START.plusSeconds(120)))
                .first()
                .asString()
                .as("a process ended and took its time with it")
                .contains("sample#load_avg_1m=0.47 ");
    }
}
