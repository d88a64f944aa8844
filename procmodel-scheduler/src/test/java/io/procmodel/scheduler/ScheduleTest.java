package io.procmodel.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

    private static void assertNext(Schedule schedule, Instant from, String expected) {
        assertThat(schedule.nextAfter(from)).contains(Instant.parse(expected));
    }

    @Test
    void aFixedRateIsAnchoredSoThatARestartDoesNotMoveIt() {
        assertNext(Schedule.every(Duration.ofMinutes(10)), START, "2026-01-02T03:10:00Z");
        assertNext(
                Schedule.every(Duration.ofMinutes(10), Instant.parse("2026-01-01T00:03:00Z")),
                START,
                "2026-01-02T03:13:00Z");
        assertNext(
                Schedule.every(Duration.ofMinutes(10)), Instant.parse("2026-01-02T03:10:00Z"), "2026-01-02T03:20:00Z");
        assertNext(Schedule.every(Duration.ofMillis(250)), START, "2026-01-02T03:04:05.750Z");
    }

    @Test
    void aFixedRateWorksBeforeItsAnchorAndEndsWithTheMilliseconds() {
        assertNext(Schedule.every(Duration.ofHours(1)), Instant.parse("1969-12-31T23:30:00Z"), "1970-01-01T00:00:00Z");
        assertThat(Schedule.every(Duration.ofHours(1)).nextAfter(Instant.MAX)).isEmpty();
    }

    @Test
    void everyAfterCompletionCountsFromTheEndOfTheRun() {
        Schedule schedule = Schedule.everyAfterCompletion(Duration.ofMinutes(5));
        assertNext(schedule, START, "2026-01-02T03:09:05.678Z");
        assertThat(schedule.followsCompletion()).isTrue();
        assertThat(schedule.nextAfter(Instant.MAX)).isEmpty();
    }

    @Test
    void hoursDaysAndWeeksStandOnTheLocalClock() {
        assertNext(Schedule.hourlyAt(30), START, "2026-01-02T03:30:00Z");
        assertNext(Schedule.dailyAt("02:00"), START, "2026-01-03T02:00:00Z");
        assertNext(Schedule.daily(LocalTime.MIDNIGHT, BERLIN), START, "2026-01-02T23:00:00Z");
        assertNext(Schedule.daily(LocalTime.of(4, 5, 6), ZoneOffset.UTC), START, "2026-01-02T04:05:06Z");
        assertNext(Schedule.weeklyAt(DayOfWeek.MONDAY, "9:00"), START, "2026-01-05T09:00:00Z");
        assertNext(Schedule.weekly(DayOfWeek.SUNDAY, LocalTime.NOON, BERLIN), START, "2026-01-04T11:00:00Z");
    }

    @Test
    void aSingleInstantComesOnce() {
        Instant instant = START.plusSeconds(1);
        assertThat(Schedule.at(instant).nextAfter(START)).contains(instant);
        assertThat(Schedule.at(instant).nextAfter(instant)).isEmpty();
    }

    @Test
    void aFunctionOfTheCallerMustRise() {
        assertThat(Schedule.of(from -> from.plusSeconds(3)).nextAfter(START)).contains(START.plusSeconds(3));
        assertThat(Schedule.of(from -> null).nextAfter(START)).isEmpty();
        assertThatThrownBy(() -> Schedule.of(from -> from).nextAfter(START))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("later than");
    }

    @ParameterizedTest
    @CsvSource({
        "every 10 minutes, 2026-01-02T03:10:00Z",
        "Every minute, 2026-01-02T03:05:00Z",
        "every 15 seconds, 2026-01-02T03:04:15Z",
        "every 2 hours, 2026-01-02T04:00:00Z",
        "every 100 minutes, 2026-01-02T03:20:00Z",
        "hourly at :30, 2026-01-02T03:30:00Z",
        "every hour at :05, 2026-01-02T03:05:00Z",
        "daily at 02:00 UTC, 2026-01-03T02:00:00Z",
        "daily at 2:00, 2026-01-03T02:00:00Z",
        "every day at 02:00 Europe/Berlin, 2026-01-03T01:00:00Z",
        "weekly on monday at 09:00, 2026-01-05T09:00:00Z",
        "every mon at 09:00 UTC, 2026-01-05T09:00:00Z",
        "30 4 * * *, 2026-01-02T04:30:00Z",
        "@noon, 2026-01-02T12:00:00Z"
    })
    void parseReadsTheSchedulersSentencesAndCron(String text, String expected) {
        assertNext(Schedule.parse(text), START, expected);
    }

    @Test
    void nothingBreaksAtTheEndsOfTime() {
        Schedule daily = Schedule.daily(LocalTime.NOON, BERLIN);
        assertThat(daily.nextAfter(Instant.MAX)).isEmpty();
        assertThat(daily.nextAfter(Instant.MIN)).isPresent();
        assertThat(Schedule.cron("0 0 30 2 *").nextAfter(START)).isEmpty();
        assertThat(Schedule.cron("0 0 30 2 *", BERLIN).nextAfter(START)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 2 * * * | at 02:00 every day",
                "0 2,14 * * 1-5 | at 02:00 and 14:00 on Monday to Friday",
                "*/10 8-18 * * MON-FRI | every 10 minutes of hours 8 to 18 on Monday to Friday",
                "30 * * * * | minute 30 of every hour",
                "* * * * * | every minute",
                "*/15 * * * * * | every 15 seconds",
                "0 0 1,15 * 5 | at 00:00 on the 1st and 15th or on Friday",
                "0 0 L 2,6 * | at 00:00 on the last day in February and June",
                "15 30 6 * * 5#2 | at 06:30:15 on the 2nd Friday",
                "0 9 * * fri-sun | at 09:00 on Friday to Sunday"
            })
    void aCronExpressionIsSaidInPlainWords(String expression, String words) {
        assertThat(Schedule.cron(expression).describe()).isEqualTo(words + ", Z time");
    }

    /** Where a host's language has digits of its own. */
    @Test
    void theWordsAreTheSameInEveryLocale() {
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("fa"));
        try {
            assertThat(Schedule.cron("30 2 * * *", BERLIN).describe())
                    .isEqualTo("at 02:30 every day, Europe/Berlin time");
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }

    @Test
    void theExplanationShowsTheNextFiveInstantsOnTheLocalClock() {
        Schedule schedule = Schedule.cron("30 2 * * *", BERLIN);
        assertThat(schedule.explain(Instant.parse("2026-03-27T12:00:00Z")).lines())
                .containsExactly(
                        "at 02:30 every day, Europe/Berlin time",
                        "2026-03-28T02:30+01:00",
                        "2026-03-29T03:30+02:00",
                        "2026-03-30T02:30+02:00",
                        "2026-03-31T02:30+02:00",
                        "2026-04-01T02:30+02:00");
        assertThat(Schedule.cron("0 0 30 2 *").explain(START)).endsWith("never");
        assertThat(Schedule.every(Duration.ofMinutes(90)).describe()).isEqualTo("every 1 hour 30 minutes");
    }
}
