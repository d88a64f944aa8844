package io.procmodel.config;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.ProcModelException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The config vars of an app would be larger than the limit together (Heroku: CFG-2). Nothing was changed; the message
 * lists the keys by size, largest first, and no value.
 */
public final class ConfigTooLargeException extends ProcModelException {
    private static final long serialVersionUID = 1L;

    private final int bytes;
    private final int limit;
    private final ImmutableList<String> keys;

    ConfigTooLargeException(int bytes, int limit, List<Map.Entry<ConfigKey, Integer>> largestFirst) {
        super("config vars: " + bytes + " bytes (expected: at most " + limit + " bytes of keys and values together; "
                + largestFirst.stream()
                        .map(e -> e.getKey() + ": " + e.getValue())
                        .collect(Collectors.joining(", "))
                + ")");
        this.bytes = bytes;
        this.limit = limit;
        this.keys = largestFirst.stream().map(e -> e.getKey().value()).collect(ImmutableList.toImmutableList());
    }

    /** The size of all keys and values together, in bytes of UTF-8. */
    public int bytes() {
        return bytes;
    }

    /** The largest size allowed, in bytes of UTF-8. */
    public int limit() {
        return limit;
    }

    /** The keys, the one that takes most first. */
    public List<String> keys() {
        return keys;
    }
}
