package io.procmodel.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import io.procmodel.scheduler.DstRule.Gap;
import io.procmodel.scheduler.DstRule.Overlap;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.support.CronExpression;

/**
 * This engine against cron-utils, Quartz and Spring on random expressions and instants, as many as the system property
 * {@code procmodel.fuzz.instants} says. Every disagreement has to be one of {@link CronDisagreement}.
 */
class ScheduleFuzzTest {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleFuzzTest.class);
    private static final int INSTANTS = Integer.getInteger("procmodel.fuzz.instants", 8_000);
    private static final int PER_EXPRESSION = 5;
    private static final long FIRST = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("2036-01-01T00:00:00Z").getEpochSecond();
    private static final List<ZoneId> PLAIN_ZONES =
            List.of(ZoneId.of("America/New_York"), ZoneId.of("Europe/Berlin"), ZoneId.of("Australia/Sydney"));

    private final SplittableRandom random = new SplittableRandom(20_260_102);
    private final CronExpressions expressions = new CronExpressions(random);
    private final Map<CronDisagreement, Integer> explained = new TreeMap<>();
    private final List<String> unexplained = new ArrayList<>();
    private int compared;
    private int refusedByBoth;

    /** Another engine's answer, or the reason why it has none. */
    private interface Oracle extends Function<Instant, Optional<Instant>> {}

    @Test
    void cronUtilsReadsCrontabsLikeThisEngine() {
        forEach(() -> {
            String text = expressions.unix();
            compare(
                    "cron-utils",
                    text,
                    () -> Schedule.cron(text),
                    () -> cronUtils(CronType.UNIX, text, ZoneOffset.UTC));
        });
    }

    /** cron-utils skips what is in a gap, and runs a time of day in the first pass of an overlap. */
    @Test
    void cronUtilsKeepsTheSameClocksUnderTheRuleSkipFirst() {
        DstRule rule = new DstRule(Gap.SKIP, Overlap.FIRST, Overlap.BOTH);
        forEach(() -> {
            String text = expressions.unix();
            ZoneId zone = PLAIN_ZONES.get(random.nextInt(PLAIN_ZONES.size()));
            compare(
                    "cron-utils " + zone,
                    text,
                    () -> Schedule.cron(text, zone).dst(rule),
                    () -> cronUtils(CronType.UNIX, text, zone));
        });
    }

    @Test
    void quartzReadsItsDialectLikeThisEngine() {
        forEach(() -> {
            String text = expressions.quartz();
            compare("quartz", text, () -> Schedule.cron(text, ZoneOffset.UTC, CronDialect.QUARTZ), () -> quartz(text));
        });
    }

    @Test
    void cronUtilsReadsQuartzLikeThisEngine() {
        forEach(() -> {
            String text = expressions.quartz();
            compare(
                    "cron-utils quartz",
                    text,
                    () -> Schedule.cron(text, ZoneOffset.UTC, CronDialect.QUARTZ),
                    () -> cronUtils(CronType.QUARTZ, text, ZoneOffset.UTC));
        });
    }

    @Test
    void springReadsItsDialectLikeThisEngine() {
        forEach(() -> {
            String text = expressions.spring();
            compare(
                    "spring",
                    text,
                    () -> Schedule.cron(text, ZoneOffset.UTC, CronDialect.SPRING),
                    () -> spring(text, ZoneOffset.UTC));
        });
    }

    /** Spring skips what is in a gap, and runs everything in both passes of an overlap. */
    @Test
    void springKeepsTheSameClocksUnderTheRuleSkipBoth() {
        DstRule rule = new DstRule(Gap.SKIP, Overlap.BOTH, Overlap.BOTH);
        forEach(() -> {
            String text = expressions.spring();
            ZoneId zone = PLAIN_ZONES.get(random.nextInt(PLAIN_ZONES.size()));
            compare(
                    "spring " + zone,
                    text,
                    () -> Schedule.cron(text, zone, CronDialect.SPRING).dst(rule),
                    () -> spring(text, zone));
        });
    }

    @Test
    void cronUtilsRefusesWhatThisEngineRefuses() {
        forEach(() -> {
            String text = expressions.broken(expressions.unix());
            compareReading("cron-utils", text, CronDialect.UNIX, () -> cronUtils(CronType.UNIX, text, ZoneOffset.UTC));
        });
    }

    @Test
    void quartzRefusesWhatThisEngineRefuses() {
        forEach(() -> {
            String text = expressions.broken(expressions.quartz());
            compareReading("quartz", text, CronDialect.QUARTZ, () -> quartz(text));
        });
    }

    @Test
    void springRefusesWhatThisEngineRefuses() {
        forEach(() -> {
            String text = expressions.broken(expressions.spring());
            compareReading("spring", text, CronDialect.SPRING, () -> spring(text, ZoneOffset.UTC));
        });
    }

    private void compareReading(String oracle, String text, CronDialect dialect, Supplier<Oracle> other) {
        compare(oracle, text, () -> Schedule.cron(text, ZoneOffset.UTC, dialect), other);
        compared++;
    }

    private void forEach(Runnable expression) {
        while (compared < INSTANTS / 9) {
            expression.run();
        }
        LOG.info("{} compared, {} expressions refused by both, explained: {}", compared, refusedByBoth, explained);
        assertThat(unexplained).isEmpty();
    }

    private void compare(String oracle, String text, Supplier<CronSchedule> own, Supplier<Oracle> other) {
        CronSchedule schedule = null;
        Oracle answers = null;
        try {
            schedule = own.get();
        } catch (InvalidScheduleException e) {
            // Then the other has to refuse it too, or there is a rule for it.
        }
        try {
            answers = other.get();
        } catch (IllegalArgumentException e) {
            // Likewise.
        }
        if (schedule == null && answers == null) {
            refusedByBoth++;
        } else if (schedule == null || answers == null) {
            compared++;
            disagree(oracle, text, null, schedule == null ? "refused" : "read", answers == null ? "refused" : "read");
        } else {
            compare(oracle, text, schedule, answers);
        }
    }

    private void compare(String oracle, String text, CronSchedule own, Oracle other) {
        for (int i = 0; i < PER_EXPRESSION; i++) {
            Instant from = Instant.ofEpochSecond(random.nextLong(FIRST, LAST));
            compared++;
            String mine = own.nextAfter(from).map(Instant::toString).orElse("never");
            String its;
            try {
                its = other.apply(from).map(Instant::toString).orElse("never");
            } catch (RuntimeException e) {
                its = e.getClass().getSimpleName();
            }
            if (!mine.equals(its)) {
                disagree(oracle, text, from, mine, its);
            }
        }
    }

    private void disagree(String oracle, String text, Instant from, String mine, String its) {
        Optional<CronDisagreement> rule = CronDisagreement.of(oracle, text, from, mine, its);
        rule.ifPresent(known -> explained.merge(known, 1, Integer::sum));
        if (rule.isEmpty() && unexplained.size() < 100) {
            unexplained.add(oracle + ": " + text + " after " + from + ": " + mine + ", not " + its);
        }
    }

    private static Oracle cronUtils(CronType type, String text, ZoneId zone) {
        ExecutionTime time = ExecutionTime.forCron(
                new com.cronutils.parser.CronParser(CronDefinitionBuilder.instanceDefinitionFor(type)).parse(text));
        return from -> time.nextExecution(ZonedDateTime.ofInstant(from, zone)).map(ZonedDateTime::toInstant);
    }

    private static Oracle quartz(String text) {
        try {
            org.quartz.CronExpression expression = new org.quartz.CronExpression(text);
            expression.setTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC));
            return from -> Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(from)))
                    .map(Date::toInstant);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Oracle spring(String text, ZoneId zone) {
        CronExpression expression = CronExpression.parse(text);
        return from -> Optional.ofNullable(expression.next(ZonedDateTime.ofInstant(from, zone)))
                .map(ZonedDateTime::toInstant);
    }
}
