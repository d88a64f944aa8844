package io.procmodel.state;

import io.procmodel.error.InvalidValueException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of a document of app state, for example {@code formation}: 1 to 40 lower-case letters, digits and hyphens,
 * from a letter on. It is a file name too.
 *
 * @param value the name as text
 */
public record StateName(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /**
     * Checks the grammar.
     *
     * @throws InvalidValueException if {@code value} is not such a name
     */
    public StateName {
        Objects.requireNonNull(value, "value");
        if (!GRAMMAR.matcher(value).matches()) {
            throw new InvalidValueException(
                    "name of app state", value, "1 to 40 of a-z, 0-9 and '-', starting with a letter");
        }
    }

    /** Parses a name; the same as the constructor, for call sites that read as prose. */
    public static StateName of(String value) {
        return new StateName(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
