package io.procmodel.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.procmodel.error.ProcModelException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidScheduleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNIX | 60 * * * * | minute | 1",
                "UNIX | 0 24 * * * | hour | 3",
                "UNIX | 0 0 0 * * | day of month | 5",
                "UNIX | 0 0 32 * * | day of month | 5",
                "UNIX | 0 0 1 13 * | month | 7",
                "UNIX | 0 0 1 janu * | month | 7",
                "UNIX | 0 0 * * 8 | day of week | 9",
                "UNIX | 0 0 * * XYZ | day of week | 9",
                "UNIX | */0 * * * * | minute | 3",
                "UNIX | */-5 * * * * | minute | 3",
                "UNIX | */90 * * * * | minute | 3",
                "UNIX | 1,,2 * * * * | minute | 3",
                "UNIX | 1- * * * * | minute | 1",
                "UNIX | 99999999999 * * * * | minute | 1",
                "UNIX | ? * * * * | minute | 1",
                "UNIX | 0 0 15W * * | day of month | 5",
                "UNIX | 0 0 * * 5#6 | day of week | 11",
                "UNIX | 0 0 * * 5#-1 | day of week | 11",
                "QUARTZ | 0 0 12 * * * | day of week | 12",
                "QUARTZ | 0 0 12 ? * ? | day of week | 12",
                "QUARTZ | 0 0 12 ? * 0 | day of week | 12",
                "QUARTZ | 0 0 12 L-31 * ? | day of month | 8",
                "QUARTZ | 0 0 12 * * ? 1969 | year | 14",
                "SPRING | 0 0 22-3 * * * | hour | 5",
                "FUGIT | 0 0 30 2 * | day of month | 5",
                "FUGIT | 0 0 * * mon%0 | day of week | 13",
                "CLOCKWORK | 25:00 | hour | 1",
                "CLOCKWORK | 10:75 | minute | 4"
            })
    void theErrorNamesFieldAndColumn(CronDialect dialect, String expression, String field, int column) {
        InvalidScheduleException error = refusal(expression, dialect);
        assertThat(error.field()).contains(field);
        assertThat(error.column()).isEqualTo(column);
        assertThat(error.expression()).isEqualTo(expression);
        assertThat(error).hasMessageContaining("expected: ").isInstanceOf(ProcModelException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNIX | * * * * | 5 fields (minute, hour, day of month, month, day of week)",
                "UNIX | '' | 0 fields",
                "UNIX | 0 0 12 * * ? 2099 | dialect QUARTZ",
                "UNIX | TZ=UTC 0 0 * * * * | zone as an argument",
                "UNIX | 0 0 * * * Europe/Berlin | zone as an argument",
                "FUGIT | 0 0 * * * America/Argentina/Ushuaia | zone as an argument",
                "UNIX | 0 0 * * UTC | zone as an argument",
                "UNIX | @reboot | runAtStart()",
                "UNIX | @every 5m | 2 fields",
                "UNIX | 0 0 15W * * | understood by dialect QUARTZ and SPRING",
                "UNIX | 0 0 L * 5L | two schedules",
                "UNIX | */90 * * * * | every(Duration)",
                "QUARTZ | @daily | understood by dialect UNIX and SPRING and FUGIT",
                "SPRING | 0 0 22-3 * * * | write 3-22",
                "FUGIT | every 100 minutes | every(Duration)",
                "FUGIT | every monday at 9:00 and 10:30 | two schedules"
            })
    void theErrorHintsAtTheWayOut(CronDialect dialect, String expression, String hint) {
        assertThat(refusal(expression, dialect)).hasMessageContaining(hint);
    }

    private static InvalidScheduleException refusal(String expression, CronDialect dialect) {
        InvalidScheduleException error = catchThrowableOfType(
                InvalidScheduleException.class, () -> Schedule.cron(expression, ZoneOffset.UTC, dialect));
        assertThat(error).as("%s is refused by %s", expression, dialect).isNotNull();
        return error;
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0005S", "PT876600000H"})
    void periodsArePositiveWholeMilliseconds(String period) {
        assertThatThrownBy(() -> Schedule.every(Duration.parse(period)))
                .isInstanceOf(InvalidScheduleException.class)
                .hasMessageContaining("positive, whole number of milliseconds");
        assertThatThrownBy(() -> Schedule.everyAfterCompletion(Duration.parse(period)))
                .isInstanceOf(InvalidScheduleException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "every 0 minutes",
                "every blue moon",
                "hourly at :60",
                "daily at 25:00",
                "daily at 02:00 Mars/Olympus",
                "weekly on someday at 09:00",
                "whenever"
            })
    void sentencesOutsideOfTheGrammarAreRefused(String text) {
        assertThatThrownBy(() -> Schedule.parse(text)).isInstanceOf(InvalidScheduleException.class);
    }

    @Test
    void timesOfDayAreWholeSeconds() {
        assertThatThrownBy(() -> Schedule.daily(LocalTime.of(1, 2, 3, 4), ZoneOffset.UTC))
                .isInstanceOf(InvalidScheduleException.class);
    }

    @Test
    void anExpressionOfUnreasonableLengthIsRefusedUnread() {
        assertThat(refusal("1,".repeat(600) + "1 * * * *", CronDialect.UNIX)).hasMessageContaining("at most 1000");
    }
}
