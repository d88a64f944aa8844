package io.procmodel.name;

import io.procmodel.error.InvalidValueException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of an app: 3 to 30 lower-case letters, digits and hyphens, from a letter to a letter or digit (Heroku:
 * PIPE-20). It is a file name and a host label too, which is why the rule is not relaxed.
 *
 * @param value the name as text
 */
public record AppName(String value) implements Comparable<AppName> {
    private static final Pattern GRAMMAR = Pattern.compile("[a-z][a-z0-9-]{1,28}[a-z0-9]");

    /**
     * Checks the grammar.
     *
     * @throws InvalidValueException if {@code value} is not an app name
     */
    public AppName {
        Objects.requireNonNull(value, "value");
        if (!GRAMMAR.matcher(value).matches()) {
            throw new InvalidValueException(
                    "app name",
                    value,
                    "3 to 30 of a-z, 0-9 and '-', starting with a letter and ending with a letter or digit");
        }
    }

    /** Parses a name; the same as the constructor, for call sites that read as prose. */
    public static AppName of(String value) {
        return new AppName(value);
    }

    @Override
    public int compareTo(AppName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
