package io.procmodel.config;

import io.procmodel.error.InvalidValueException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of a config var: ASCII letters, digits and underscores, not beginning with a digit (Heroku: CFG-1). Case
 * matters. The platform's further advice, no leading {@code __} and no {@code HEROKU_}, is not enforced. Immutable.
 *
 * @param value the key as text
 */
public record ConfigKey(String value) implements Comparable<ConfigKey> {
    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /**
     * Checks the grammar.
     *
     * @throws InvalidValueException if {@code value} is not a config key
     */
    public ConfigKey {
        Objects.requireNonNull(value, "value");
        if (!GRAMMAR.matcher(value).matches()) {
            throw new InvalidValueException(
                    "config key", printable(value), "letters, digits and underscores, not beginning with a digit");
        }
    }

    /** Parses a key; the same as the constructor, for call sites that read as prose. */
    public static ConfigKey of(String value) {
        return new ConfigKey(value);
    }

    /** A whole {@code KEY=secret} pasted where a key belongs must not end up in an error message. */
    private static String printable(String value) {
        int equals = value.indexOf('=');
        return equals < 0 ? value : value.substring(0, equals) + "=" + ConfigValue.MASK;
    }

    @Override
    public int compareTo(ConfigKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
