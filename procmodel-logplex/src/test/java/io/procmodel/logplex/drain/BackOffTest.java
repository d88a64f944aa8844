package io.procmodel.logplex.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("C29")
class BackOffTest {
    private final BackOff backOff = new BackOff(new Random(7));

    @Test
    void doublesItsCeilingUpToAMinute() {
        assertThat(Stream.generate(() -> {
                            backOff.failed();
                            return backOff.ceiling().toMillis();
                        })
                        .limit(12))
                .containsExactly(
                        100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 12_800L, 25_600L, 51_200L, 60_000L, 60_000L);
    }

    @Test
    void takesAnyTimeBelowItsCeilingAndNotTwiceTheSame() {
        assertThat(Stream.generate(backOff::failed).limit(1000).distinct().count())
                .isGreaterThan(900);
        assertThat(Stream.generate(backOff::failed).limit(1000))
                .allSatisfy(pause -> assertThat(pause).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(60)));
    }

    @Test
    void startsAnewAfterASuccess() {
        backOff.failed();
        backOff.failed();
        backOff.succeeded();

        assertThat(backOff.failures()).isZero();
        assertThat(backOff.failed()).isLessThanOrEqualTo(Duration.ofMillis(100));
    }
}
