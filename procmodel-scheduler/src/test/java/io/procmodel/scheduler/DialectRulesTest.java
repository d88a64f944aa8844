package io.procmodel.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the dialects one by one, beyond the vectors: what a text means, said in another text, or a refusal. */
class DialectRulesTest {
    private static final Instant START = Instant.parse("2024-02-27T22:58:30Z");
    private static final int COMPARED = 200;

    /** Study, section 1, Clockwork: {@code 16:20}, {@code **:20}, {@code 16:**}, {@code sat 12:00}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "16:20 | 20 16 * * *",
                "6:05 | 5 6 * * *",
                "06:05 | 5 6 * * *",
                "0:00 | 0 0 * * *",
                "23:59 | 59 23 * * *",
                "*:20 | 20 * * * *",
                "**:05 | 5 * * * *",
                "16:** | * 16 * * *",
                "6:** | * 6 * * *",
                "sunday 12:00 | 0 12 * * 0",
                "Wed 7:15 | 15 7 * * 3",
                "thursday **:30 | 30 * * * 4",
                "Fri 8:** | * 8 * * 5"
            })
    void clockworkTimesMean(String text, String unix) {
        assertSame(text, CronDialect.CLOCKWORK, unix, CronDialect.UNIX);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "24:00",
                "16:60",
                "16:5",
                "160:20",
                "***:20",
                "**:**",
                "*:*",
                "16:*",
                "16.20",
                "16:20:30",
                "-1:20",
                "someday 12:00",
                "12:00 saturday",
                "saturday",
                "' 16:20'",
                "'16:20 '",
                "''",
                "0 12 * * *"
            })
    void clockworkRefuses(String text) {
        assertRefused(text, CronDialect.CLOCKWORK);
    }

    /** Study, sections 1, 3 and 10: hour 24, {@code L}, {@code -1}, {@code %2+1}, {@code &}, ranges that wrap, lists. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 24 * * * | 0 0 * * *",
                "0 20-24 * * * | 0 20,21,22,23,0 * * *",
                "/15 * * * * | */15 * * * *",
                "*/99 * * * * | 0 * * * *",
                "0 0 L * * | 0 0 -1 * *",
                "0 0 1,L * * | 0 0 1,-1 * *",
                "0 0 -4--1 * * | 0 0 -4,-3,-2,-1 * *",
                "0 0 -4-L * * | 0 0 -4,-3,-2,-1 * *",
                "0 0 28-L * * | 0 0 28,29,30,31 * *",
                "0 0 28--1 * * | 0 0 28-31 * *",
                "0 0 30-2 * * | 0 0 30,31,1,2 * *",
                "0 0 1 nov-feb * | 0 0 1 11,12,1,2 *",
                "0 0 * * sat-mon | 0 0 * * 6,0,1",
                "0 0 * * 6-7 | 0 0 * * 6,0",
                "0 0 * * tue#last | 0 0 * * 2#-1",
                "0 0 * * mon#1,thu#-2 | 0 0 * * 1#1,4#-2",
                "0 0 * * mon%1 | 0 0 * * 1",
                "0 0 * * mon%2+3 | 0 0 * * mon%2+1",
                "0 0 13& * fri | 0 0 13 * fri&",
                "55-5/5 * * * * | 55,0,5 * * * *"
            })
    void fugitsCronMeans(String text, String same) {
        assertSame(text, CronDialect.FUGIT, same, CronDialect.FUGIT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "every day at 5 am and 7 pm | 0 5,19 * * *",
                "every twenty minutes | */20 * * * *",
                "every thirty-five seconds | */35 * * * * *",
                "every 4M | 0 0 1 */4 *",
                "every 4m | */4 * * * *",
                "every 12h at min 50 | 50 */12 * * *",
                "every business day at noon | 0 12 * * 1-5",
                "every 5 minutes from 9am to 5pm on weekdays | */5 9-16 * * 1-5",
                "every mon, tue, and wed at 18:15 | 15 18 * * 1-3",
                "every 1st and last day of the month at 10:00 | 0 10 1,L * *",
                "every month from the 1st to the 15th | 0 0 1-15 * *",
                "from the 25th to the last | 0 0 25-L * *",
                "every second of the month at 10:00 | 0 10 2 * *",
                "every twenty-first of the month | 0 0 21 * *",
                "every day at five thirty pm | 30 17 * * *",
                "every day at 12 midnight | 0 0 * * *",
                "every tuesday at 12 am | 0 0 * * 2",
                "at 12 PM | 0 12 * * *",
                "on monday at 5pm | 0 17 * * 1"
            })
    void fugitsEnglishMeans(String text, String cron) {
        assertSame(text, CronDialect.FUGIT, cron, CronDialect.FUGIT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * 31 jun *",
                "* * 31 2,4 *",
                "* * -31 2 *",
                "0 0 -1--4 * *",
                "*/100 * * * *",
                "60 * * * *",
                "0 25 * * *",
                "0 0 * * 8",
                "0 0 * * mon#6",
                "0 0 * * mon#0",
                "0 0 * * mon%0",
                "0 0 15W * *",
                "0 0 L-2 * *",
                "every",
                "every 0 minutes",
                "every 61 minutes",
                "every 3 weeks",
                "every day at 25:00",
                "every day at 5:60",
                "every blue moon",
                "every day at",
                "every monday at 9:00 and 10:30"
            })
    void fugitRefuses(String text) {
        assertRefused(text, CronDialect.FUGIT);
    }

    /** Study, section 2, on Quartz and cron-utils: what they get wrong is right here. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 0 1,L * ? | 0 0 1,L * *",
                "0 0 0 1-3,L * ? | 0 0 1,2,3,L * *",
                "0 0 0 ? * 1 | 0 0 * * 0",
                "0 0 0 ? * 7 | 0 0 * * 6",
                "0 0 0 ? * L | 0 0 * * 6",
                "0 0 0 ? * 6L | 0 0 * * 5L",
                "0 0 0 ? * FRIL | 0 0 * * 5L",
                "0 0 0 ? * 6#3 | 0 0 * * 5#3",
                "0 0 22-2 * * ? | 0 22,23,0,1,2 * * *",
                "0 0/20 * * * ? | 0,20,40 * * * *",
                "0 /20 * * * ? | */20 * * * *",
                "0 0 0 ? * FRI-MON | 0 0 * * 5,6,0,1",
                "0 0 0 * * ? 2024-2099 | 0 0 * * *"
            })
    void quartzMeans(String text, String unix) {
        assertSame(text, CronDialect.QUARTZ, unix, CronDialect.UNIX);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 0 1W * ? | 2022-01-01T00:00:00Z | 2022-01-03T00:00:00Z",
                "0 0 0 31W * ? | 2026-01-31T00:00:00Z | 2026-03-31T00:00:00Z",
                "0 0 0 30W * ? | 2025-11-01T00:00:00Z | 2025-11-28T00:00:00Z",
                "0 0 0 LW * ? | 2026-05-01T00:00:00Z | 2026-05-29T00:00:00Z",
                "0 0 0 L-1W * ? | 2026-05-01T00:00:00Z | 2026-05-29T00:00:00Z",
                "0 0 0 2W,16 * ? | 2026-05-01T12:00:00Z | 2026-05-16T00:00:00Z",
                "0 0 0 L-30 * ? | 2026-02-01T00:00:01Z | 2026-03-01T00:00:00Z",
                "0 0 0 29 2 ? | 2096-03-01T00:00:00Z | 2104-02-29T00:00:00Z"
            })
    void quartzComesNext(String text, Instant from, Instant expected) {
        assertThat(Schedule.cron(text, ZoneOffset.UTC, CronDialect.QUARTZ).nextAfter(from))
                .contains(expected);
    }

    /** Study, section 2: Quartz takes step zero and negative ones and half a name; here a mistake is an error. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 */0 * * * ?",
                "0 */-5 * * * ?",
                "0 0 0 1 janu-jun ?",
                "0 0 0 ? * SAT,SUN,L",
                "0 0 0 ? * 6#3,2",
                "0 0 0 ? * 0",
                "0 0 0 ? * 8",
                "0 0 0 * * *",
                "0 0 0 1 * 1",
                "0 0 0 L-31 * ?",
                "0 0 0 0W * ?",
                "0 0 0 * * ? 1969",
                "0 0 * * *",
                "@daily"
            })
    void quartzRefuses(String text) {
        assertRefused(text, CronDialect.QUARTZ);
    }

    /** Study, section 5: both day fields must match, a stepped day of week counts from Monday, Sunday is 0 and 7. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 0 * * 0 | 0 0 0 * * 7",
                "0 0 0 * * */2 | 0 0 0 * * 1,3,5,7",
                "0 0 0 * * MON-SUN | 0 0 0 * * *",
                "0 0 0 * * 0-6 | 0 0 0 * * *",
                "0 0 0 * * SUN-FRI | 0 0 0 * * 0-5",
                "0 0 0 ? * FRIL | 0 0 0 * * 5L",
                "0 0 0 L,15 * * | 0 0 0 15,L * 1-7",
                "@hourly | 0 0 * * * *",
                "@yearly | 0 0 0 1 1 *"
            })
    void springMeans(String text, String same) {
        assertSame(text, CronDialect.SPRING, same, CronDialect.SPRING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 0 L-2W * *",
                "0 0 0 L-0 * *",
                "0 0 0 32W * *",
                "0 0 0 * * 6-0",
                "0 0 0 * * 8",
                "0 0 0 * * 5#0",
                "0 0 22-3 * * *",
                "0 0 0 * 12-1 *",
                "0 0 24 * * *",
                "60 * * * * *",
                "*/0 * * * * *",
                "* * * * *",
                "* * * * * * *",
                "@reboot",
                "? * * * * *"
            })
    void springRefuses(String text) {
        assertRefused(text, CronDialect.SPRING);
    }

    /** Study, section 2, the row "own, default", and the defects of others that stand below it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 2 * * * | America/New_York | 2025-03-09T00:00-05:00 | 2025-03-09T03:30-04:00",
                "30 1 * * * | America/New_York | 2025-11-02T00:00-04:00 | 2025-11-02T01:30-04:00",
                "30 1 * * * | America/New_York | 2025-11-02T01:30-04:00 | 2025-11-03T01:30-05:00",
                "30 1 * * * | America/New_York | 2025-11-02T01:10-05:00 | 2025-11-03T01:30-05:00",
                "30 * * * * | America/New_York | 2025-11-02T01:30-04:00 | 2025-11-02T01:30-05:00",
                "*/20 * * * * | America/New_York | 2025-11-02T01:40-04:00 | 2025-11-02T01:00-05:00",
                "*/20 * * * * | America/New_York | 2025-11-02T01:20-05:00 | 2025-11-02T01:40-05:00",
                "* * * * * | Europe/Brussels | 2022-10-30T01:00:52Z | 2022-10-30T01:01Z",
                "30 2 * * * | Australia/Lord_Howe | 2025-10-05T00:00+10:30 | 2025-10-05T02:30+11:00",
                "45 1 * * * | Australia/Lord_Howe | 2025-04-06T00:00+11:00 | 2025-04-06T01:45+11:00",
                "0 0 * * * | America/Havana | 2025-11-01T12:00-04:00 | 2025-11-02T00:00-04:00",
                "0 0 * * * | America/Havana | 2025-11-02T00:00-04:00 | 2025-11-03T00:00-05:00",
                "0 0 * * * | America/Sao_Paulo | 2018-11-03T12:00-03:00 | 2018-11-04T01:00-02:00",
                "0 12 * * * | Pacific/Apia | 2011-12-29T13:00-10:00 | 2011-12-31T12:00+14:00"
            })
    void clockChangesUnderTheDefaultRule(String expression, ZoneId zone, OffsetDateTime from, OffsetDateTime expected) {
        assertThat(Schedule.cron(expression, zone).nextAfter(from.toInstant())).contains(expected.toInstant());
    }

    private static void assertSame(String text, CronDialect dialect, String other, CronDialect otherDialect) {
        assertThat(next(text, dialect)).as("%s = %s", text, other).isEqualTo(next(other, otherDialect));
    }

    private static List<Instant> next(String text, CronDialect dialect) {
        Schedule schedule = Schedule.cron(text, ZoneOffset.UTC, dialect);
        List<Instant> instants = new ArrayList<>();
        Optional<Instant> next = schedule.nextAfter(START);
        while (next.isPresent() && instants.size() < COMPARED) {
            instants.add(next.get());
            next = schedule.nextAfter(next.get());
        }
        return instants;
    }

    private static void assertRefused(String text, CronDialect dialect) {
        assertThatThrownBy(() -> Schedule.cron(text, ZoneOffset.UTC, dialect))
                .isInstanceOf(InvalidScheduleException.class)
                .hasMessageContaining("expected: ");
    }
}
