package io.procmodel.scheduler.cron;

import java.time.Duration;
import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The instants at which an expression matches in a zone, clock changes included. Immutable, thread-safe.
 *
 * <p>Time is walked in spans of one offset. Within a span local and universal time run alike; a span that begins with a
 * gap may take over what the old clock would have shown ({@code shiftGap}), a span that begins with an overlap may leave
 * out what the old clock has shown already ({@code repeatOverlap} false).
 */
public final class ZonedTicks {
    private static final long NONE = CronExpression.NONE;
    /** More than two clocks can ever differ. */
    private static final long TWO_DAYS = 2 * 86_400;

    /** Behind it the expression has no match, and an Instant soon no room. */
    private static final long LAST_SECOND =
            Instant.MAX.minus(Duration.ofDays(200_000)).getEpochSecond();

    private final CronExpression expression;
    private final ZoneRules rules;
    private final boolean shiftGap;
    private final boolean repeatOverlap;

    /** Ticks of {@code expression} under {@code rules}. */
    public ZonedTicks(CronExpression expression, ZoneRules rules, boolean shiftGap, boolean repeatOverlap) {
        this.expression = expression;
        this.rules = rules;
        this.shiftGap = shiftGap;
        this.repeatOverlap = repeatOverlap;
    }

    /** The epoch second of the first tick that is not before {@code second}, or {@link Long#MAX_VALUE}. */
    public long atOrAfter(long second) {
        if (second > LAST_SECOND) {
            return NONE;
        }
        if (rules.isFixedOffset()) {
            int offset = rules.getOffset(Instant.EPOCH).getTotalSeconds();
            long local = expression.atOrAfter(second + offset);
            return local == NONE ? NONE : local - offset;
        }
        long earliest = second;
        while (true) {
            Instant from = Instant.ofEpochSecond(earliest);
            ZoneOffsetTransition end = rules.nextTransition(from);
            long tick = firstIn(from);
            if (end == null || tick < end.toEpochSecond()) {
                return tick;
            }
            if (putsBackBehind(earliest, end)) {
                earliest = end.toEpochSecond();
            } else if (tick == NONE) {
                return NONE;
            } else {
                // No clock shows a match between the two, whatever its offset.
                earliest = Math.max(end.toEpochSecond(), tick - TWO_DAYS);
            }
        }
    }

    private static boolean putsBackBehind(long second, ZoneOffsetTransition change) {
        return change.isOverlap()
                && change.toEpochSecond() + change.getDuration().toSeconds() < second;
    }

    /** The first tick as the clock of {@code from} would go on for ever. */
    private long firstIn(Instant from) {
        long earliest = from.getEpochSecond();
        int offset = rules.getOffset(from).getTotalSeconds();
        ZoneOffsetTransition begin = rules.previousTransition(from.plusSeconds(1));
        if (begin == null || earliest - begin.toEpochSecond() > TWO_DAYS) {
            return tick(earliest, offset);
        }
        int oldOffset = begin.getOffsetBefore().getTotalSeconds();
        if (begin.isOverlap() && !repeatOverlap) {
            long repeated = begin.toEpochSecond() + oldOffset - offset;
            return tick(Math.max(earliest, repeated), offset);
        }
        if (begin.isGap() && shiftGap) {
            long shifted = tick(earliest, oldOffset);
            long gapEnd = begin.toEpochSecond() + offset - oldOffset;
            return Math.min(shifted < gapEnd ? shifted : NONE, tick(earliest, offset));
        }
        return tick(earliest, offset);
    }

    private long tick(long earliest, int offset) {
        long local = expression.atOrAfter(earliest + offset);
        return local == NONE ? NONE : local - offset;
    }
}
