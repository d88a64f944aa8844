package io.procmodel.formation;

import com.google.common.primitives.Ints;
import io.procmodel.error.InvalidValueException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of a single expression: name, operator, digits, and optionally a colon and a size. */
final class FormationExpression {
    private static final String EXPECTED =
            "NAME=N, NAME+N or NAME-N, and optionally :SIZE, for example web=2:standard-2x";
    private static final Pattern GRAMMAR =
            Pattern.compile("\\s*+([\\w-]+)\\s*+([=+-])\\s*+([0-9]++)\\s*+(?::\\s*+([\\w-]++)\\s*+)?+");

    private FormationExpression() {}

    static FormationChange parse(DynoSizes sizes, String part, String whole) {
        Matcher matcher = GRAMMAR.matcher(part);
        if (!matcher.matches()) {
            throw new InvalidValueException(
                    "formation", part.equals(whole) ? part : part + "\" in \"" + whole, EXPECTED);
        }
        return new FormationChange(
                matcher.group(1),
                quantity(matcher.group(2), matcher.group(3), part),
                Optional.ofNullable(matcher.group(4)).map(sizes::of));
    }

    private static QuantityChange quantity(String operator, String digits, String part) {
        Integer number = Ints.tryParse(digits);
        if (number == null) {
            throw new InvalidValueException("quantity in " + part.strip(), digits, "0 to " + Integer.MAX_VALUE);
        }
        return switch (operator) {
            case "=" -> new QuantityChange.Exactly(number);
            case "+" -> new QuantityChange.By(number);
            default -> new QuantityChange.By(-number);
        };
    }
}
