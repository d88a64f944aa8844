package io.procmodel.scheduler.cron;

import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the day-of-month field. */
final class DaysOfMonthParser {
    private static final CronField FIELD = CronField.DAY_OF_MONTH;
    private static final Pattern LAST = Pattern.compile("(?i)L(?:-(\\d{1,2}))?(W)?");
    private static final Pattern NEAREST = Pattern.compile("(?i)(\\d{1,2})W");
    private static final Pattern FROM_LAST = Pattern.compile("-(\\d{1,2})(?:-(?:-(\\d{1,2})|(?i:L|last)))?");
    private static final Pattern TO_LAST = Pattern.compile("(?i)(\\d{1,2})-(?:L|last|-1)");

    private final Grammar grammar;
    private final ValueParser values;
    private final BitSet fixed = new BitSet();
    private long fromLast;
    private long nearest;
    private long nearestFromLast;

    private DaysOfMonthParser(Grammar grammar) {
        this.grammar = grammar;
        this.values = new ValueParser(grammar, FIELD);
    }

    static DaysOfMonth parse(Grammar grammar, Token text) {
        if (DayMark.matchesAny(grammar, text)) {
            return new DaysOfMonth(true, true, 0, 0, 0, 0, false);
        }
        DaysOfMonthParser parser = new DaysOfMonthParser(grammar);
        List<Token> items = text.split(',');
        items.forEach(parser::add);
        return parser.days(text.text().startsWith("*"));
    }

    private DaysOfMonth days(boolean star) {
        long days = fixed.isEmpty() ? 0 : fixed.toLongArray()[0];
        return new DaysOfMonth(
                false, star, days, fromLast, nearest, nearestFromLast, grammar.has(Feature.SUNDAY_ONLY_FORWARD));
    }

    private void add(Token item) {
        Matcher last = LAST.matcher(item.text());
        Matcher near = NEAREST.matcher(item.text());
        Matcher back = FROM_LAST.matcher(item.text());
        Matcher toLast = TO_LAST.matcher(item.text());
        if (last.matches()) {
            addLast(item, last);
        } else if (near.matches()) {
            require(Feature.NEAREST_WEEKDAY, item);
            nearest |= 1L << values.value(item.part(0, near.end(1)));
        } else if (back.matches() && grammar.has(Feature.DAYS_FROM_LAST)) {
            addFromLast(item, back);
        } else if (toLast.matches() && grammar.has(Feature.DAYS_FROM_LAST)) {
            fixed.set(values.value(item.part(0, toLast.end(1))), FIELD.max() + 1);
        } else if (item.is("last") && grammar.has(Feature.DAYS_FROM_LAST)) {
            fromLast |= 1;
        } else {
            values.addTo(fixed, item);
        }
    }

    private void addLast(Token item, Matcher last) {
        boolean weekday = last.group(2) != null;
        if (weekday) {
            require(Feature.NEAREST_WEEKDAY, item);
        }
        int before = 0;
        if (last.group(1) != null) {
            require(Feature.LAST_OFFSET, item);
            before = Integer.parseInt(last.group(1));
            boolean alone = grammar.has(Feature.LAST_OFFSET_ALONE);
            if (weekday && alone) {
                throw item.refuse(FIELD, "LW or L-" + before, "the two together are understood by dialect QUARTZ");
            }
            if (before >= FIELD.max() || (before == 0 && alone)) {
                throw item.refuse(FIELD, "L-1 to L-30", "");
            }
        }
        if (weekday) {
            nearestFromLast |= 1L << before;
        } else {
            fromLast |= 1L << before;
        }
    }

    private void addFromLast(Token item, Matcher back) {
        int first = values.value(item.part(1, back.end(1)));
        int last = back.end(1) == item.text().length() ? first : 1;
        if (back.group(2) != null) {
            last = values.value(item.part(back.start(2), back.end(2)));
        }
        if (first < last) {
            throw item.refuse(FIELD, "a range that rises", "write -" + last + "--" + first);
        }
        fromLast |= Bits.range(last - 1, first - 1);
    }

    private void require(Feature feature, Token item) {
        if (!grammar.has(feature)) {
            throw item.refuse(FIELD, "a number, a range or L", Grammar.knownBy(feature));
        }
    }
}
