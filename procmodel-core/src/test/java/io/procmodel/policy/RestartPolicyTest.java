package io.procmodel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.dyno.Exit;
import io.procmodel.error.InvalidValueException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartPolicyTest {
    private static final Duration RESET = Duration.ofMinutes(1);

    private static RestartPolicy.Crash crash(int inARow, int status, double spread) {
        return new RestartPolicy.Crash(inARow, new Exit.Exited(status), spread);
    }

    /** DYN-21: at once, then cool-offs of up to these minutes. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 20", "3, 40", "4, 60", "5, 180", "6, 320", "7, 320", "1000, 320"})
    void herokuCoolsOffLongerEachTime(int inARow, long minutes) {
        Duration most = Duration.ofMinutes(minutes);

        assertThat(RestartPolicy.heroku().pauseAfter(crash(inARow, 1, 1))).hasValue(most);
        assertThat(RestartPolicy.heroku().pauseAfter(crash(inARow, 1, 0)))
                .hasValue(most.multipliedBy(3).dividedBy(4));
    }

    @Test
    void neverLeavesEveryCrashDown() {
        assertThat(RestartPolicy.never().pauseAfter(crash(1, 1, 0))).isEmpty();
    }

    @Test
    void onFailureLeavesDownWhatEndedWithStatusZero() {
        RestartPolicy policy = RestartPolicy.onFailure(RestartPolicy.heroku());

        assertThat(policy.pauseAfter(crash(1, 0, 0))).isEmpty();
        assertThat(policy.pauseAfter(crash(1, 1, 0))).hasValue(Duration.ZERO);
    }

    @Test
    void exponentialPausesGrowByTheFactorUpToTheLongest() {
        RestartPolicy policy = RestartPolicy.exponential(Duration.ofSeconds(1), 3, Duration.ofSeconds(10), 0, RESET);

        assertThat(IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> policy.pauseAfter(crash(i, 1, 0.5)).orElseThrow()))
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(10));
    }

    @Test
    void exponentialPausesDoNotOverflow() {
        RestartPolicy policy = RestartPolicy.exponential(Duration.ofDays(1), 10, Duration.ofDays(30), 0, RESET);

        assertThat(policy.pauseAfter(crash(Integer.MAX_VALUE, 1, 0))).hasValue(Duration.ofDays(30));
    }

    @Test
    void jitterTakesAPartOfEachPauseAway() {
        RestartPolicy policy = RestartPolicy.exponential(Duration.ofSeconds(8), 2, Duration.ofSeconds(8), 0.5, RESET);

        assertThat(policy.pauseAfter(crash(2, 1, 0))).hasValue(Duration.ofSeconds(8));
        assertThat(policy.pauseAfter(crash(2, 1, 1))).hasValue(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 2, 10, 0, first pause: \"PT-1S\" (expected: zero or more)",
        "1, 0.5, 10, 0, factor: \"0.5\" (expected: 1 or more)",
        "5, 2, 4, 0, 'longest pause: \"PT4S\" (expected: at least the first, PT5S)'",
        "1, 2, 10, 1.5, jitter: \"1.5\" (expected: from 0 to 1)"
    })
    void refusesValuesOutOfRange(long first, double factor, long max, double jitter, String message) {
        assertThatThrownBy(() -> RestartPolicy.exponential(
                        Duration.ofSeconds(first), factor, Duration.ofSeconds(max), jitter, RESET))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(message);
    }
}
