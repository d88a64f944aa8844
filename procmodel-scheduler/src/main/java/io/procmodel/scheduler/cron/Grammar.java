package io.procmodel.scheduler.cron;

import static io.procmodel.scheduler.cron.CronField.DAY_OF_MONTH;
import static io.procmodel.scheduler.cron.CronField.DAY_OF_WEEK;
import static io.procmodel.scheduler.cron.CronField.HOUR;
import static io.procmodel.scheduler.cron.CronField.MINUTE;
import static io.procmodel.scheduler.cron.CronField.MONTH;
import static io.procmodel.scheduler.cron.CronField.SECOND;
import static io.procmodel.scheduler.cron.CronField.YEAR;
import static io.procmodel.scheduler.cron.Feature.BARE_STEP;
import static io.procmodel.scheduler.cron.Feature.BOTH_DAY_FIELDS_MUST_MATCH;
import static io.procmodel.scheduler.cron.Feature.DAYS_FROM_LAST;
import static io.procmodel.scheduler.cron.Feature.DAY_AND;
import static io.procmodel.scheduler.cron.Feature.HOUR_24;
import static io.procmodel.scheduler.cron.Feature.LAST_OFFSET;
import static io.procmodel.scheduler.cron.Feature.LAST_OFFSET_ALONE;
import static io.procmodel.scheduler.cron.Feature.LAST_OF_WEEKDAY;
import static io.procmodel.scheduler.cron.Feature.MACROS;
import static io.procmodel.scheduler.cron.Feature.NEAREST_WEEKDAY;
import static io.procmodel.scheduler.cron.Feature.NEVER_IS_AN_ERROR;
import static io.procmodel.scheduler.cron.Feature.NO_DAY;
import static io.procmodel.scheduler.cron.Feature.NO_DAY_REQUIRED;
import static io.procmodel.scheduler.cron.Feature.NTH_FROM_LAST;
import static io.procmodel.scheduler.cron.Feature.ONE_LAST_DAY;
import static io.procmodel.scheduler.cron.Feature.SATURDAY_IS_L;
import static io.procmodel.scheduler.cron.Feature.SINGLE_WEEKDAY_RULE;
import static io.procmodel.scheduler.cron.Feature.SUNDAY_IS_1;
import static io.procmodel.scheduler.cron.Feature.SUNDAY_ONLY_FORWARD;
import static io.procmodel.scheduler.cron.Feature.WEEK_BEGINS_ON_MONDAY;
import static io.procmodel.scheduler.cron.Feature.WEEK_MODULO;
import static io.procmodel.scheduler.cron.Feature.WRAPPING_RANGES;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.EnumSet;
import java.util.stream.Collectors;

/** What one dialect of cron accepts: its columns and its {@link Feature}s. */
public enum Grammar {
    UNIX(
            ImmutableList.of(Layout.STANDARD, Layout.WITH_SECONDS),
            Sets.immutableEnumSet(MACROS, NO_DAY, WRAPPING_RANGES, LAST_OF_WEEKDAY, ONE_LAST_DAY)),
    QUARTZ(
            ImmutableList.of(Layout.WITH_SECONDS, Layout.WITH_YEAR),
            Sets.immutableEnumSet(
                    NO_DAY,
                    NO_DAY_REQUIRED,
                    WRAPPING_RANGES,
                    BARE_STEP,
                    SUNDAY_IS_1,
                    SATURDAY_IS_L,
                    SINGLE_WEEKDAY_RULE,
                    LAST_OF_WEEKDAY,
                    LAST_OFFSET,
                    NEAREST_WEEKDAY)),
    SPRING(
            ImmutableList.of(Layout.WITH_SECONDS),
            Sets.immutableEnumSet(
                    MACROS,
                    NO_DAY,
                    WEEK_BEGINS_ON_MONDAY,
                    BOTH_DAY_FIELDS_MUST_MATCH,
                    LAST_OF_WEEKDAY,
                    LAST_OFFSET,
                    LAST_OFFSET_ALONE,
                    NEAREST_WEEKDAY,
                    SUNDAY_ONLY_FORWARD)),
    FUGIT(
            ImmutableList.of(Layout.STANDARD, Layout.WITH_SECONDS),
            Sets.immutableEnumSet(
                    MACROS,
                    WRAPPING_RANGES,
                    BARE_STEP,
                    HOUR_24,
                    DAYS_FROM_LAST,
                    NTH_FROM_LAST,
                    WEEK_MODULO,
                    DAY_AND,
                    NEVER_IS_AN_ERROR));

    private final ImmutableList<ImmutableList<CronField>> layouts;
    private final ImmutableSet<Feature> features;

    Grammar(ImmutableList<ImmutableList<CronField>> layouts, ImmutableSet<Feature> features) {
        this.layouts = layouts;
        this.features = features;
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    ImmutableList<ImmutableList<CronField>> layouts() {
        return layouts;
    }

    /** The accepted columns in words, for a message. */
    String layoutsInWords() {
        return layouts.stream()
                .map(layout -> layout.size() + " fields ("
                        + layout.stream().map(CronField::label).collect(Collectors.joining(", ")) + ")")
                .collect(Collectors.joining(" or "));
    }

    /** The dialects that know {@code feature}, for a hint. */
    static String knownBy(Feature feature) {
        return EnumSet.allOf(Grammar.class).stream()
                .filter(grammar -> grammar.has(feature))
                .map(Enum::name)
                .collect(Collectors.joining(" and ", "understood by dialect ", ""));
    }

    private static final class Layout {
        static final ImmutableList<CronField> STANDARD =
                ImmutableList.of(MINUTE, HOUR, DAY_OF_MONTH, MONTH, DAY_OF_WEEK);
        static final ImmutableList<CronField> WITH_SECONDS =
                ImmutableList.of(SECOND, MINUTE, HOUR, DAY_OF_MONTH, MONTH, DAY_OF_WEEK);
        static final ImmutableList<CronField> WITH_YEAR =
                ImmutableList.of(SECOND, MINUTE, HOUR, DAY_OF_MONTH, MONTH, DAY_OF_WEEK, YEAR);
    }
}
