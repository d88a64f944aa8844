package io.procmodel.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Utf8;
import io.procmodel.error.InvalidValueException;
import java.util.Comparator;
import java.util.Map;

/** What a value and a whole map of config vars must keep. Errors name keys and sizes, never values. */
final class ConfigRules {
    private ConfigRules() {}

    /** Refuses what no environment can carry: a NUL ends a variable, and half a surrogate pair has no bytes. */
    static ConfigValue checkedValue(ConfigKey key, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidValueException("config var", key.value(), "a value without NUL characters");
        }
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw new InvalidValueException("config var", key.value(), "a value that is well-formed Unicode");
        }
        return ConfigValue.of(text);
    }

    static void checkSize(Map<ConfigKey, ConfigValue> vars, int limit) {
        int total = vars.entrySet().stream().mapToInt(ConfigRules::bytes).reduce(0, Math::addExact);
        if (total > limit) {
            throw new ConfigTooLargeException(
                    total,
                    limit,
                    vars.entrySet().stream()
                            .map(entry -> Map.entry(entry.getKey(), bytes(entry)))
                            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                            .toList());
        }
    }

    private static int bytes(Map.Entry<ConfigKey, ConfigValue> entry) {
        return entry.getKey().value().length()
                + Utf8.encodedLength(entry.getValue().reveal());
    }
}
