package io.procmodel.scheduler.cron;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words of an expression by field.
 *
 * @param and whether a {@code &} asked for both day fields; it is taken off the words
 */
record Columns(Map<CronField, Token> fields, boolean and) {
    private static final Pattern ZONE = Pattern.compile("UTC|GMT|Z|[A-Z]\\w+/[A-Z][\\w/+-]+");

    static Columns of(Grammar grammar, List<Token> words) {
        refuseZone(words);
        for (List<CronField> layout : grammar.layouts()) {
            if (layout.size() == words.size()) {
                Map<CronField, Token> fields = new EnumMap<>(CronField.class);
                layout.forEach(field -> fields.put(field, words.get(fields.size())));
                fields.putIfAbsent(CronField.SECOND, new Token("0", 1));
                boolean and = grammar.has(Feature.DAY_AND) && dropAnd(fields);
                return new Columns(fields, and);
            }
        }
        String found = words.size() == 1 ? "1 field" : words.size() + " fields";
        throw new CronSyntaxException(null, 1, found, grammar.layoutsInWords(), hint(words));
    }

    /** Other readers take a zone behind the fields; read as a day of the week it would be hard to understand. */
    private static void refuseZone(List<Token> words) {
        Token last = words.isEmpty() ? new Token("", 1) : words.get(words.size() - 1);
        if (ZONE.matcher(last.text()).matches()) {
            throw last.refuse(null, "a day of the week", "give the zone as an argument");
        }
    }

    private static String hint(List<Token> words) {
        if (!words.isEmpty() && words.get(0).text().contains("TZ=")) {
            return "give the zone as an argument";
        }
        for (Grammar other : Grammar.values()) {
            if (other.layouts().stream().anyMatch(layout -> layout.size() == words.size())) {
                return "so many fields are of dialect " + other;
            }
        }
        return "";
    }

    private static boolean dropAnd(Map<CronField, Token> fields) {
        boolean found = false;
        for (CronField field : List.of(CronField.DAY_OF_MONTH, CronField.DAY_OF_WEEK)) {
            Token token = requireNonNull(fields.get(field));
            if (token.text().endsWith("&")) {
                fields.put(field, token.part(0, token.text().length() - 1));
                found = true;
            }
        }
        return found;
    }

    /** The word of a field that every layout has. */
    Token at(CronField field) {
        return requireNonNull(fields.get(field), field::label);
    }

    @Nullable
    Token get(CronField field) {
        return fields.get(field);
    }
}
