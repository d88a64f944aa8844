package io.procmodel.scheduler.cron;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a cron text of one dialect. Stateless and thread-safe. */
public final class CronParser {
    private static final Map<String, String> MACROS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@noon", "0 12 * * *",
            "@hourly", "0 * * * *");

    private static final int MAX_LENGTH = 1_000;

    private final Grammar grammar;

    /** A parser of {@code grammar}. */
    public CronParser(Grammar grammar) {
        this.grammar = grammar;
    }

    /**
     * Reads {@code text}.
     *
     * @throws CronSyntaxException at the first thing that breaks the grammar
     */
    public CronExpression parse(String text) {
        if (text.length() > MAX_LENGTH) {
            Token start = new Token(text.substring(0, 20) + "…", 1);
            throw start.refuse(null, "at most " + MAX_LENGTH + " characters", "");
        }
        List<Token> words = Token.words(text);
        if (words.size() == 1 && words.get(0).text().startsWith("@")) {
            return macro(text, words.get(0));
        }
        return expression(text, words);
    }

    private CronExpression macro(String text, Token word) {
        String meaning = MACROS.get(word.text().toLowerCase(Locale.ROOT));
        if (meaning == null || !grammar.has(Feature.MACROS)) {
            throw word.refuse(null, "@yearly, @monthly, @weekly, @daily, @noon or @hourly", macroHint(word));
        }
        return new CronParser(Grammar.UNIX).expression(text, Token.words(meaning));
    }

    private String macroHint(Token word) {
        if (word.is("@reboot")) {
            return "a schedule is a set of times; use runAtStart() of the job";
        }
        if (word.text().startsWith("@every")) {
            return "use Schedule.every(Duration)";
        }
        return grammar.has(Feature.MACROS) ? "" : Grammar.knownBy(Feature.MACROS);
    }

    private CronExpression expression(String text, List<Token> words) {
        Columns columns = Columns.of(grammar, words);
        TimesOfDay times = new TimesOfDay(
                bits(columns, CronField.HOUR), bits(columns, CronField.MINUTE), bits(columns, CronField.SECOND));
        CronExpression expression = new CronExpression(text, times, dates(columns), wildcard(columns));
        if (grammar.has(Feature.NEVER_IS_AN_ERROR) && expression.never()) {
            Token day = columns.at(CronField.DAY_OF_MONTH);
            throw day.refuse(CronField.DAY_OF_MONTH, "a day that the months have", "this date never comes");
        }
        return expression;
    }

    private Dates dates(Columns columns) {
        DaysOfMonth daysOfMonth = DaysOfMonthParser.parse(grammar, columns.at(CronField.DAY_OF_MONTH));
        DaysOfWeek daysOfWeek = DaysOfWeekParser.parse(grammar, columns.at(CronField.DAY_OF_WEEK));
        checkDays(columns, daysOfMonth, daysOfWeek);
        boolean both = columns.and() || grammar.has(Feature.BOTH_DAY_FIELDS_MUST_MATCH);
        return new Dates(bits(columns, CronField.MONTH), daysOfMonth, daysOfWeek, both, years(columns));
    }

    private void checkDays(Columns columns, DaysOfMonth daysOfMonth, DaysOfWeek daysOfWeek) {
        Token week = columns.at(CronField.DAY_OF_WEEK);
        boolean openMonth = columns.at(CronField.DAY_OF_MONTH).is("?");
        if (grammar.has(Feature.NO_DAY_REQUIRED) && openMonth == week.is("?")) {
            String expected = "? in exactly one of day of month and day of week";
            throw week.refuse(CronField.DAY_OF_WEEK, expected, openMonth ? "" : "write ? in the field that is free");
        }
        if (grammar.has(Feature.ONE_LAST_DAY) && daysOfMonth.last() && daysOfWeek.last()) {
            throw week.refuse(CronField.DAY_OF_WEEK, "L in one of the two day fields", "make it two schedules");
        }
    }

    private BitSet values(Columns columns, CronField field) {
        BitSet values = new BitSet();
        ValueParser parser = new ValueParser(grammar, field);
        columns.at(field).split(',').forEach(item -> parser.addTo(values, item));
        return values;
    }

    private long bits(Columns columns, CronField field) {
        return values(columns, field).toLongArray()[0];
    }

    private @Nullable BitSet years(Columns columns) {
        Token token = columns.get(CronField.YEAR);
        return token == null || token.is("*") ? null : values(columns, CronField.YEAR);
    }

    private static boolean wildcard(Columns columns) {
        return columns.at(CronField.MINUTE).text().startsWith("*")
                || columns.at(CronField.HOUR).text().startsWith("*");
    }
}
