package io.procmodel.runtime;

import com.google.common.collect.ImmutableMap;
import io.procmodel.error.InvalidValueException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The variables that a dyno is started with, beyond those of the machine. Immutable; it prints names and never a value,
 * since any of them may be a secret.
 */
public final class Environment {
    private static final Environment EMPTY = new Environment(ImmutableMap.of());

    private final ImmutableMap<String, String> variables;

    private Environment(ImmutableMap<String, String> variables) {
        this.variables = variables;
    }

    /** No variables. */
    public static Environment empty() {
        return EMPTY;
    }

    /**
     * These variables, in this order.
     *
     * @throws InvalidValueException if a name is empty or holds {@code =} or NUL, or a value holds NUL; it names the name
     */
    public static Environment of(Map<String, String> variables) {
        return EMPTY.with(variables);
    }

    /** With more variables, which win over those of the same name. The errors are those of {@link #of}. */
    public Environment with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        more.forEach((name, value) -> {
            check(name, value);
            all.put(name, value);
        });
        return new Environment(ImmutableMap.copyOf(all));
    }

    private static void check(String name, String value) {
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            throw new InvalidValueException("variable name", name, "not empty, without = and NUL");
        }
        if (value.indexOf('\0') >= 0) {
            throw new InvalidValueException("variable", name, "a value without NUL");
        }
    }

    /** The variables with their values, in order: for the process, not for print. */
    public Map<String, String> reveal() {
        return Collections.unmodifiableMap(variables);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Environment environment && variables.equals(environment.variables);
    }

    @Override
    public int hashCode() {
        return variables.hashCode();
    }

    /** The names alone. */
    @Override
    public String toString() {
        return variables.keySet().toString();
    }
}
