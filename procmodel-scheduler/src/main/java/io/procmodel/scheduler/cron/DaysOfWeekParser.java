package io.procmodel.scheduler.cron;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the day-of-week field. */
final class DaysOfWeekParser {
    private static final CronField FIELD = CronField.DAY_OF_WEEK;
    private static final Pattern LAST = Pattern.compile("(?i)(\\w+?)L");
    private static final Pattern NTH = Pattern.compile("(?i)(\\w+)#(\\d|-\\d|L|last)");
    private static final Pattern MODULO = Pattern.compile("(\\w+)%(\\d{1,3})(?:\\+(\\d{1,3}))?");
    private static final int SATURDAY = 6;
    private static final int MAX_NTH = 5;

    private final Grammar grammar;
    private final ValueParser values;
    private final BitSet weekdays = new BitSet();
    private final List<WeekdayRule> rules = new ArrayList<>();

    private DaysOfWeekParser(Grammar grammar) {
        this.grammar = grammar;
        this.values = new ValueParser(grammar, FIELD);
    }

    static DaysOfWeek parse(Grammar grammar, Token text) {
        if (DayMark.matchesAny(grammar, text)) {
            return new DaysOfWeek(true, true, 0, List.of());
        }
        DaysOfWeekParser parser = new DaysOfWeekParser(grammar);
        List<Token> items = text.split(',');
        items.forEach(parser::add);
        if (grammar.has(Feature.SINGLE_WEEKDAY_RULE) && items.size() > 1 && parser.usesRule(items)) {
            throw text.refuse(FIELD, "L and # on their own", "Quartz allows no list around them");
        }
        return parser.days(text.text().startsWith("*"));
    }

    private boolean usesRule(List<Token> items) {
        return !rules.isEmpty() || items.stream().anyMatch(item -> item.is("L"));
    }

    private DaysOfWeek days(boolean star) {
        long days = 0;
        for (int value : weekdays.stream().toArray()) {
            days |= 1L << weekday(value);
        }
        return new DaysOfWeek(false, star, days, rules);
    }

    /** The day that a number of the dialect means, 0 for Sunday. */
    private int weekday(int value) {
        return grammar.has(Feature.SUNDAY_IS_1) ? value - 1 : value % WeekdayRule.WEEK;
    }

    private int weekday(Token text) {
        return weekday(values.value(text));
    }

    private void add(Token item) {
        Matcher last = LAST.matcher(item.text());
        Matcher nth = NTH.matcher(item.text());
        Matcher modulo = MODULO.matcher(item.text());
        if (item.is("L") && grammar.has(Feature.SATURDAY_IS_L)) {
            weekdays.set(SATURDAY + 1);
        } else if (last.matches() && FIELD.nameIndex(item.text()) < 0 && grammar.has(Feature.LAST_OF_WEEKDAY)) {
            rules.add(new WeekdayRule.NthFromLast(weekday(item.part(0, last.end(1))), 1));
        } else if (nth.matches()) {
            rules.add(nth(item, nth));
        } else if (modulo.matches() && grammar.has(Feature.WEEK_MODULO)) {
            rules.add(modulo(item, modulo));
        } else {
            values.addTo(weekdays, item);
        }
    }

    private WeekdayRule nth(Token item, Matcher nth) {
        int weekday = weekday(item.part(0, nth.end(1)));
        String which = nth.group(2);
        boolean fromLast = !Character.isDigit(which.charAt(0));
        int n = which.matches("-?\\d") ? Math.abs(Integer.parseInt(which)) : 1;
        if (n < 1 || n > MAX_NTH || (fromLast && !grammar.has(Feature.NTH_FROM_LAST))) {
            String hint = fromLast ? Grammar.knownBy(Feature.NTH_FROM_LAST) : "a month has at most five of a weekday";
            throw item.from(nth.start(2)).refuse(FIELD, "#1 to #5", hint);
        }
        return fromLast ? new WeekdayRule.NthFromLast(weekday, n) : new WeekdayRule.Nth(weekday, n);
    }

    private WeekdayRule modulo(Token item, Matcher modulo) {
        int divisor = Integer.parseInt(modulo.group(2));
        if (divisor < 1) {
            throw item.from(modulo.start(2)).refuse(FIELD, "a number of weeks from 1", "");
        }
        int remainder = modulo.group(3) == null ? 0 : Integer.parseInt(modulo.group(3));
        return new WeekdayRule.EveryNthWeek(weekday(item.part(0, modulo.end(1))), divisor, remainder);
    }
}
