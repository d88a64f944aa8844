package io.procmodel.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.scheduler.DstRule.Gap;
import io.procmodel.scheduler.DstRule.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for every schedule, whatever it says, and what simple ones add up to in a year. */
class SchedulePropertiesTest {
    private static final int EXPRESSIONS = Integer.getInteger("procmodel.fuzz.instants", 8_000) / 8;
    private static final int IN_A_ROW = 8;
    private static final Instant FIRST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2036-01-01T00:00:00Z");
    private static final List<ZoneId> ZONES = List.of(
            ZoneOffset.UTC,
            ZoneId.of("America/New_York"),
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Asia/Beirut"),
            ZoneId.of("Africa/Casablanca"),
            ZoneId.of("Asia/Kathmandu"));

    private final SplittableRandom random = new SplittableRandom(20_261_128);
    private final CronExpressions expressions = new CronExpressions(random);

    private Schedule schedule() {
        return switch (random.nextInt(5)) {
            case 0 -> Schedule.every(Duration.ofMillis(random.nextLong(1, 100_000_000)));
            case 1 -> cron(expressions.quartz(), CronDialect.QUARTZ);
            case 2 -> cron(expressions.spring(), CronDialect.SPRING);
            default -> cron(expressions.unix(), CronDialect.UNIX);
        };
    }

    private CronSchedule cron(String expression, CronDialect dialect) {
        DstRule rule = new DstRule(
                random.nextBoolean() ? Gap.SHIFT : Gap.SKIP,
                random.nextBoolean() ? Overlap.FIRST : Overlap.BOTH,
                random.nextBoolean() ? Overlap.FIRST : Overlap.BOTH);
        return Schedule.cron(expression, ZONES.get(random.nextInt(ZONES.size())), dialect)
                .dst(rule);
    }

    /** Half of the times near a change of the clocks, where it is hard. */
    private Instant instant(Schedule schedule) {
        Instant any =
                FIRST.plusMillis(random.nextLong(Duration.between(FIRST, LAST).toMillis()));
        if (schedule instanceof CronSchedule cron && random.nextBoolean()) {
            ZoneOffsetTransition change = cron.zone().getRules().nextTransition(any);
            if (change != null) {
                return change.getInstant().plusSeconds(random.nextLong(-14_400, 14_400));
            }
        }
        return any;
    }

    @Test
    void theInstantsRiseAndEachIsFoundFromAnywhereBeforeIt() {
        for (int i = 0; i < EXPRESSIONS; i++) {
            Schedule schedule = schedule();
            Instant before = instant(schedule);
            Optional<Instant> next = schedule.nextAfter(before);
            for (int n = 0; n < IN_A_ROW && next.isPresent(); n++) {
                Instant at = next.get();
                assertThat(at).as("%s after %s", schedule, before).isAfter(before);
                long between = Duration.between(before, at).toMillis();
                for (Instant from : List.of(at.minusMillis(1), before.plusMillis(random.nextLong(between)))) {
                    assertThat(schedule.nextAfter(from))
                            .as("%s after %s", schedule, from)
                            .isEqualTo(next);
                }
                if (schedule instanceof CronSchedule) {
                    assertThat(schedule.nextAfter(at.minusSeconds(1)))
                            .as("%s a second before %s", schedule, at)
                            .isEqualTo(next);
                }
                before = at;
                next = schedule.nextAfter(at);
            }
        }
    }

    /** A local time that no clock shows is left out or shifted by the length of the gap; one shown twice runs as the rule says. */
    @Test
    void aTimeOfDayIsNeverInAGapAndRunsInTheOverlapAsTheRuleSays() {
        for (int i = 0; i < EXPRESSIONS; i++) {
            int minute = random.nextInt(60);
            int hour = random.nextInt(24);
            CronSchedule schedule = cron(minute + " " + hour + " * * *", CronDialect.UNIX);
            Instant from = instant(schedule);
            List<Instant> expected = new ArrayList<>();
            LocalDateTime day = LocalDateTime.ofInstant(from, schedule.zone())
                    .toLocalDate()
                    .atStartOfDay()
                    .minusDays(2);
            for (int n = 0; n < IN_A_ROW; n++) {
                addInstantsOf(day.plusDays(n).withHour(hour).withMinute(minute), schedule, expected);
            }
            expected.removeIf(instant -> !instant.isAfter(from));
            List<Instant> actual = new ArrayList<>();
            for (Instant at = from; actual.size() < expected.size(); ) {
                at = schedule.nextAfter(at).orElseThrow();
                actual.add(at);
            }
            assertThat(actual)
                    .as("%s %s after %s", schedule, schedule.dst(), from)
                    .isEqualTo(expected);
        }
    }

    /** Straight from the time zone's rules, without this engine. */
    private static void addInstantsOf(LocalDateTime local, CronSchedule schedule, List<Instant> instants) {
        List<ZoneOffset> offsets = schedule.zone().getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            if (schedule.dst().gap() == Gap.SHIFT) {
                ZoneOffset before =
                        schedule.zone().getRules().getTransition(local).getOffsetBefore();
                instants.add(local.toInstant(before));
            }
        } else {
            instants.add(local.toInstant(offsets.get(0)));
            if (offsets.size() == 2 && schedule.dst().overlap() == Overlap.BOTH) {
                instants.add(local.toInstant(offsets.get(1)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0 0 * * *, UTC, 2025, 365",
        "0 0 * * *, UTC, 2024, 366",
        "0 * * * *, UTC, 2025, 8760",
        "0 * * * *, Europe/Berlin, 2025, 8760",
        "*/7 * * * *, UTC, 2025, 78840",
        "30 2 * * *, Europe/Berlin, 2025, 365",
        "0 0 * * 1, UTC, 2025, 52",
        "0 0 * * 1, UTC, 2024, 53",
        "0 0 * * 1-5, UTC, 2025, 261",
        "0 0 1 * *, UTC, 2025, 12",
        "0 0 31 * *, UTC, 2025, 7",
        "0 0 29 2 *, UTC, 2025, 0",
        "0 0 29 2 *, UTC, 2024, 1",
        "0 0 L * *, UTC, 2024, 12",
        "0 0 * * 5#5, UTC, 2025, 4",
        "0 0 13 * 5, UTC, 2025, 63",
        "0 0 */2 * *, UTC, 2025, 186",
        "'0 0,12 1 1,7 *', Asia/Kathmandu, 2025, 4"
    })
    void aYearHasAsManyAsTheCalendarSays(String expression, String zone, int year, int count) {
        assertThat(inYear(Schedule.cron(expression, ZoneId.of(zone)), year, ZoneId.of(zone)))
                .isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({
        "30 2 * * *, SKIP, FIRST, FIRST, 364",
        "30 2 * * *, SHIFT, BOTH, BOTH, 366",
        "30 2 * * *, SKIP, BOTH, BOTH, 365",
        "30 * * * *, SHIFT, FIRST, BOTH, 8760",
        "30 * * * *, SHIFT, FIRST, FIRST, 8759"
    })
    void aYearHasAsManyAsTheRuleForClockChangesSays(
            String expression, Gap gap, Overlap overlap, Overlap wildcard, int count) {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Schedule schedule = Schedule.cron(expression, berlin).dst(new DstRule(gap, overlap, wildcard));
        assertThat(inYear(schedule, 2025, berlin)).isEqualTo(count);
    }

    private static int inYear(Schedule schedule, int year, ZoneId zone) {
        Instant end = LocalDateTime.of(year + 1, 1, 1, 0, 0).atZone(zone).toInstant();
        Instant at = LocalDateTime.of(year, 1, 1, 0, 0).atZone(zone).toInstant().minusSeconds(1);
        int count = 0;
        for (Optional<Instant> next = schedule.nextAfter(at);
                next.isPresent() && next.get().isBefore(end);
                next = schedule.nextAfter(next.get())) {
            count++;
        }
        return count;
    }
}
