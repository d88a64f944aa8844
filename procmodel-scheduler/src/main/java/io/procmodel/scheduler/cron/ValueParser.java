package io.procmodel.scheduler.cron;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what all fields have in common: stars, numbers, names, ranges and steps. */
final class ValueParser {
    private static final Pattern RANGE = Pattern.compile("(\\w+)-(\\w+)");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final int MAX_DIGITS = 4;
    private static final int DAYS_OF_WEEK = 7;

    private final Grammar grammar;
    private final CronField field;
    private final Bounds bounds;

    ValueParser(Grammar grammar, CronField field) {
        this.grammar = grammar;
        this.field = field;
        this.bounds = Bounds.of(grammar, field);
    }

    /** Adds what one item of the field's list stands for, as numbers from {@link Bounds#first()}. */
    void addTo(BitSet values, Token item) {
        int slash = item.text().indexOf('/');
        Token base = slash < 0 ? item : item.part(0, slash);
        int step = slash < 0 ? 1 : step(item.from(slash + 1));
        if (base.is("*") || (slash == 0 && grammar.has(Feature.BARE_STEP))) {
            addRange(values, bounds.first(), bounds.last(), step);
            return;
        }
        Matcher range = RANGE.matcher(base.text());
        if (range.matches()) {
            addRange(values, base, range, step);
        } else {
            int value = value(base);
            addRange(values, value, slash < 0 ? value : Math.max(value, bounds.last()), step);
        }
    }

    private void addRange(BitSet values, Token base, Matcher range, int step) {
        int from = value(base.part(range.start(1), range.end(1)));
        int to = value(base.part(range.start(2), range.end(2)));
        if (from > to && bounds.min() == 0 && field == CronField.DAY_OF_WEEK) {
            // Sunday is 0 where a range begins and 7 where it ends.
            from = from == DAYS_OF_WEEK ? 0 : from;
            boolean named = !grammar.has(Feature.WEEK_BEGINS_ON_MONDAY)
                    || !range.group(2).equals("0");
            to = to == 0 && named ? DAYS_OF_WEEK : to;
        }
        if (from > to) {
            if (!grammar.has(Feature.WRAPPING_RANGES) || field == CronField.YEAR) {
                throw base.refuse(field, "a range that rises", "write " + range.group(2) + "-" + range.group(1));
            }
            to += bounds.size();
        }
        addRange(values, from, to, step);
    }

    private void addRange(BitSet values, int from, int to, int step) {
        for (int value = from; value <= to; value += step) {
            values.set(bounds.wrap(value));
        }
    }

    private int step(Token text) {
        int step = number(text);
        if (step < 1 || step > bounds.maxStep()) {
            throw text.refuse(field, "a step of 1 to " + bounds.maxStep(), stepHint(step));
        }
        return step;
    }

    private String stepHint(int step) {
        return step < 1
                ? "a step says how many " + field.label() + "s to go on by"
                : "a step starts anew in each round of the field; for longer periods use every(Duration)";
    }

    /** One number or name of the field, within its bounds; aliases such as 7 for Sunday are kept. */
    int value(Token text) {
        int index = field.nameIndex(text.text());
        if (index >= 0) {
            return field == CronField.DAY_OF_WEEK && !grammar.has(Feature.SUNDAY_IS_1) ? index : index + 1;
        }
        int value = number(text);
        if (value < bounds.min() || value > bounds.max()) {
            throw refuse(text);
        }
        return value;
    }

    private int number(Token text) {
        if (!WORD.matcher(text.text()).matches() || !text.text().chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw refuse(text);
        }
        String digits = text.text().replaceFirst("^0+(?=.)", "");
        if (digits.length() > MAX_DIGITS) {
            throw refuse(text);
        }
        return Integer.parseInt(digits);
    }

    CronSyntaxException refuse(Token text) {
        String expected = field.names().isEmpty()
                ? bounds.toString()
                : bounds + " or a name from " + field.names().get(0) + " on";
        return text.refuse(field, expected, hint(text.text()));
    }

    private String hint(String text) {
        if (text.isEmpty()) {
            return "something is missing here";
        }
        if (text.equals("?")) {
            return "? stands in a day field only, " + Grammar.knownBy(Feature.NO_DAY);
        }
        return "";
    }
}
