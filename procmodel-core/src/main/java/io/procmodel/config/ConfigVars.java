package io.procmodel.config;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.procmodel.error.InvalidValueException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The config vars of an app: keys and text values in the order in which the keys were first set. Immutable, equal by keys
 * and values whatever their order. It prints its keys and never a value; an instance always keeps the rules of
 * {@link ConfigKey} and the total size of {@value #MAX_BYTES} bytes (Heroku: CFG-1, CFG-2).
 */
public final class ConfigVars {
    /** The largest size of all keys and values together, in bytes of UTF-8: 64 kB (Heroku: CFG-2). */
    public static final int MAX_BYTES = 64 * 1024;

    private static final ConfigVars EMPTY = new ConfigVars(ImmutableMap.of());

    private final ImmutableMap<ConfigKey, ConfigValue> vars;

    private ConfigVars(ImmutableMap<ConfigKey, ConfigValue> vars) {
        this.vars = vars;
    }

    /** No config vars. */
    public static ConfigVars empty() {
        return EMPTY;
    }

    /**
     * Config vars with the content and order of a map.
     *
     * @throws InvalidValueException if a key breaks CFG-1 or a value cannot be an environment variable; it names the key
     * @throws ConfigTooLargeException if all of it is larger than {@link #MAX_BYTES}
     */
    public static ConfigVars of(Map<String, String> vars) {
        return EMPTY.withAll(vars);
    }

    /**
     * A copy with one var set. A key that is there keeps its place.
     *
     * @throws InvalidValueException as {@link #of}
     * @throws ConfigTooLargeException as {@link #of}
     */
    public ConfigVars with(String key, String value) {
        return withAll(Map.of(key, value));
    }

    /**
     * A copy with several vars set. Keys that are there keep their place, new ones follow in the order of the map.
     *
     * @throws InvalidValueException as {@link #of}
     * @throws ConfigTooLargeException as {@link #of}
     */
    public ConfigVars withAll(Map<String, String> changes) {
        Map<ConfigKey, ConfigValue> merged = new LinkedHashMap<>(vars);
        changes.forEach((key, text) -> {
            ConfigKey checked = ConfigKey.of(key);
            merged.put(checked, ConfigRules.checkedValue(checked, text));
        });
        ConfigRules.checkSize(merged, MAX_BYTES);
        return new ConfigVars(ImmutableMap.copyOf(merged));
    }

    /** A copy without these keys; keys that are not there are fine. */
    public ConfigVars without(String... keys) {
        return without(Arrays.asList(keys));
    }

    /** A copy without these keys; keys that are not there are fine. */
    public ConfigVars without(Collection<String> keys) {
        Set<String> gone = Set.copyOf(keys);
        return new ConfigVars(vars.entrySet().stream()
                .filter(entry -> !gone.contains(entry.getKey().value()))
                .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The keys, in order. */
    public Set<String> keys() {
        return vars.keySet().stream().map(ConfigKey::value).collect(ImmutableSet.toImmutableSet());
    }

    /**
     * The value of a key, or empty if it is not set.
     *
     * @throws InvalidValueException if {@code key} is not a config key, and so can never be set
     */
    public Optional<ConfigValue> get(String key) {
        return get(ConfigKey.of(key));
    }

    /** The value of a key, or empty if it is not set. */
    public Optional<ConfigValue> get(ConfigKey key) {
        return Optional.ofNullable(vars.get(key));
    }

    /** How many vars are set. */
    public int size() {
        return vars.size();
    }

    /** Whether no var is set. */
    public boolean isEmpty() {
        return vars.isEmpty();
    }

    /**
     * Keys and plain values, in order: what a dyno gets as its environment. The caller is now the one who keeps the values
     * out of logs and errors.
     */
    public Map<String, String> asMap() {
        return vars.entrySet().stream()
                .collect(ImmutableMap.toImmutableMap(
                        entry -> entry.getKey().value(),
                        entry -> entry.getValue().reveal()));
    }

    /** The keys that were added, removed and changed on the way from this one to {@code newer}. */
    public ConfigDiff diff(ConfigVars newer) {
        return new ConfigDiff(
                newer.keysWhere(key -> !vars.containsKey(key)),
                keysWhere(key -> !newer.vars.containsKey(key)),
                newer.keysWhere(key -> vars.containsKey(key) && !get(key).equals(newer.get(key))));
    }

    private List<String> keysWhere(Predicate<ConfigKey> condition) {
        return vars.keySet().stream().filter(condition).map(ConfigKey::value).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigVars that && vars.equals(that.vars);
    }

    @Override
    public int hashCode() {
        return vars.hashCode();
    }

    /** The keys in order, for example {@code [GREETING, DATABASE_URL]}. */
    @Override
    public String toString() {
        return vars.keySet().stream().map(ConfigKey::value).collect(Collectors.joining(", ", "[", "]"));
    }
}
