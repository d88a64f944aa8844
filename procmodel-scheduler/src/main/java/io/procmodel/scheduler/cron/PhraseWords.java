package io.procmodel.scheduler.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of an English phrase and a place among them. Confined to one parse. */
final class PhraseWords {
    private static final Pattern WORD =
            Pattern.compile("\\d+:\\d+|\\d+(?:st|nd|rd|th)\\b|\\d+|[\\p{Alpha}']+|[-,]|\\S", Pattern.CASE_INSENSITIVE);
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):(\\d{2})");
    private static final List<String> NUMBERS = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> TENS = List.of("", "", "twenty", "thirty", "forty", "fifty");
    private static final List<String> ORDINALS = List.of(
            "",
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth");

    private static final int TWENTY = 20;
    private static final int THIRTY = 30;
    private static final int TEN = 10;

    private final List<Token> words = new ArrayList<>();
    private int position;

    PhraseWords(String text) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String word = matcher.group();
            // Only here the case counts: "5m" is minutes, "5M" months.
            words.add(new Token(word.equals("M") ? "months" : word.toLowerCase(Locale.ROOT), matcher.start() + 1));
        }
    }

    boolean atEnd() {
        return position == words.size();
    }

    int position() {
        return position;
    }

    void back(int earlier) {
        position = earlier;
    }

    private String peek() {
        return atEnd() ? "" : words.get(position).text();
    }

    /** Takes the next word if it is one of {@code choices}. */
    boolean take(String... choices) {
        for (String choice : choices) {
            if (peek().equals(choice)) {
                position++;
                return true;
            }
        }
        return false;
    }

    /** Takes what joins two items of a list. */
    boolean takeAnd() {
        boolean comma = take(",");
        boolean joined = take("and", "or") || comma;
        if (joined) {
            take("the");
        }
        return joined;
    }

    /** Takes what joins the ends of a range. */
    boolean takeTo() {
        return take("to", "through", "-");
    }

    /** Takes {@code 16:30} as the minute of the day. */
    OptionalInt takeClock() {
        Matcher clock = CLOCK.matcher(peek());
        if (!clock.matches()) {
            return OptionalInt.empty();
        }
        int hour = Integer.parseInt(clock.group(1));
        int minute = Integer.parseInt(clock.group(2));
        if (hour > 24 || minute > CronField.MINUTE.max()) {
            throw refuse("a time from 0:00 to 24:00");
        }
        position++;
        return OptionalInt.of(hour * 60 + minute);
    }

    /** Takes a number in digits or words, up to 59. */
    OptionalInt takeNumber() {
        String word = peek();
        if (word.matches("\\d{1,4}")) {
            position++;
            return OptionalInt.of(Integer.parseInt(word));
        }
        return takeWords(NUMBERS, TENS.indexOf(word) * TEN, NUMBERS);
    }

    /** Takes {@code 21st} or {@code twenty-first}; {@code twenty} alone is a number. */
    OptionalInt takeOrdinal() {
        String word = peek();
        if (word.matches("\\d+(st|nd|rd|th)")) {
            position++;
            return OptionalInt.of(Integer.parseInt(word.substring(0, word.length() - 2)));
        }
        if (take("thirtieth")) {
            return OptionalInt.of(THIRTY);
        }
        int tens = word.equals("twenty") ? TWENTY : word.equals("thirty") ? THIRTY : -1;
        int start = position;
        OptionalInt ordinal = takeWords(ORDINALS, tens, ORDINALS);
        if (position == start + 1 && tens > 0) {
            position = start;
            return OptionalInt.empty();
        }
        return ordinal;
    }

    /** Whether what comes next lets an ordinal be a day of the month rather than the unit "second". */
    boolean ordinalCanEnd() {
        return peek().equals("of") || peek().equals("and") || peek().equals("or") || peek().equals(",");
    }

    private OptionalInt takeWords(List<String> small, int tens, List<String> units) {
        int value = peek().isEmpty() ? -1 : small.indexOf(peek());
        if (value >= 0) {
            position++;
            return OptionalInt.of(value);
        }
        if (tens < TWENTY) {
            return OptionalInt.empty();
        }
        int start = position;
        position++;
        if (take("-")) {
            int unit = units.indexOf(peek());
            position = unit < 1 || unit >= TEN ? start : position + 1;
            return position == start ? OptionalInt.empty() : OptionalInt.of(tens + unit);
        }
        return OptionalInt.of(tens);
    }

    /** Takes {@code weekday} and its kin, which mean Monday to Friday. */
    boolean takeBusinessDay() {
        if (take("weekday", "weekdays", "businessday", "bizday")) {
            return true;
        }
        int start = position;
        if (take("business", "biz", "week") && take("day", "days")) {
            return true;
        }
        position = start;
        return false;
    }

    /** Takes the name of a weekday, 0 for Sunday. */
    OptionalInt takeWeekday() {
        int index = CronField.DAY_OF_WEEK.nameIndex(peek());
        if (index < 0) {
            return OptionalInt.empty();
        }
        position++;
        return OptionalInt.of(index);
    }

    CronSyntaxException refuse(String expected) {
        Token word = atEnd() ? new Token("the end", words.isEmpty() ? 1 : endColumn()) : words.get(position);
        return word.refuse(null, expected, "for example: every weekday at 5 pm");
    }

    private int endColumn() {
        Token last = words.get(words.size() - 1);
        return last.column() + last.text().length();
    }
}
