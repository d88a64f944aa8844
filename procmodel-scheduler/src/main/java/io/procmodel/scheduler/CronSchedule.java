package io.procmodel.scheduler;

import static java.util.Objects.requireNonNull;

import io.procmodel.scheduler.DstRule.Gap;
import io.procmodel.scheduler.DstRule.Overlap;
import io.procmodel.scheduler.cron.CronExpression;
import io.procmodel.scheduler.cron.CronSyntaxException;
import io.procmodel.scheduler.cron.CronWords;
import io.procmodel.scheduler.cron.ZonedTicks;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A schedule on the local clock of a zone, given by a cron expression. Immutable and thread-safe; nothing blocks. Get one
 * from {@link Schedule#cron(String, ZoneId)}, {@link Schedule#daily} and their kin.
 */
public final class CronSchedule implements Schedule {
    private final CronExpression expression;
    private final ZoneId zone;
    private final CronDialect dialect;
    private final DstRule dst;
    private final ZonedTicks ticks;

    private CronSchedule(CronExpression expression, ZoneId zone, CronDialect dialect, DstRule dst) {
        this.expression = expression;
        this.zone = requireNonNull(zone, "zone");
        this.dialect = dialect;
        this.dst = requireNonNull(dst, "dst");
        boolean shiftGap = !expression.wildcard() && dst.gap() == Gap.SHIFT;
        Overlap overlap = expression.wildcard() ? dst.wildcardOverlap() : dst.overlap();
        this.ticks = new ZonedTicks(expression, zone.getRules(), shiftGap, overlap == Overlap.BOTH);
    }

    static CronSchedule parse(String text, ZoneId zone, CronDialect dialect) {
        try {
            return new CronSchedule(dialect.read(text), zone, dialect, DstRule.ONCE);
        } catch (CronSyntaxException e) {
            throw InvalidScheduleException.of(text, e);
        }
    }

    /** The same schedule under another rule for clock changes; the default is {@link DstRule#ONCE}. */
    public CronSchedule dst(DstRule rule) {
        return new CronSchedule(expression, zone, dialect, rule);
    }

    /** The same schedule with another reading of two restricted day fields; the default is the dialect's. */
    public CronSchedule dayMatch(DayMatch match) {
        boolean both = switch (match) {
            case EITHER -> false;
            case BOTH -> true;
            case BOTH_IF_STARRED -> expression.starredDays();
        };
        return new CronSchedule(expression.bothDays(both), zone, dialect, dst);
    }

    /** The expression as it was given. */
    public String expression() {
        return expression.text();
    }

    /** The zone whose clock counts. */
    public ZoneId zone() {
        return zone;
    }

    /** The dialect in which the expression was read. */
    public CronDialect dialect() {
        return dialect;
    }

    /** The rule for clock changes. */
    public DstRule dst() {
        return dst;
    }

    @Override
    public Optional<Instant> nextAfter(Instant instant) {
        long second = ticks.atOrAfter(instant.getEpochSecond() + 1);
        return second > Instant.MAX.getEpochSecond() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second));
    }

    @Override
    public String describe() {
        return CronWords.of(expression) + ", " + zone + " time";
    }

    /** The expression with its zone. */
    @Override
    public String toString() {
        return expression.text() + " " + zone;
    }
}
