package io.procmodel;

import static java.util.Objects.requireNonNull;

import io.procmodel.dyno.DynoName;
import io.procmodel.runtime.Environment;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the one-off dynos are called, and what they find in their environment, that a thread starts while it works for
 * somebody else: those of a scheduler's job are named {@code scheduler.N}. What a command says for itself wins. Immutable.
 */
public final class OneOffScope {
    /** Per thread, and only for the length of one call: there is no other way through the host's own code. */
    private static final ThreadLocal<@Nullable OneOffScope> CURRENT = new ThreadLocal<>();

    private final String type;
    private final Map<String, String> environment;

    private OneOffScope(String type, Map<String, String> environment) {
        this.type = type;
        this.environment = environment;
    }

    /**
     * A scope for commands that are created in it.
     *
     * @param type the first part of the dynos' names, see {@link OneOffCommand#type}
     * @param environment more variables, see {@link OneOffCommand#env(Map)}
     * @throws io.procmodel.error.InvalidValueException if a name or value has another form
     */
    public static OneOffScope of(String type, Map<String, String> environment) {
        return new OneOffScope(
                new DynoName(type, 1).processType(), Environment.of(environment).reveal());
    }

    /** Does work on this thread in this scope. */
    public <T> T call(Supplier<T> work) {
        requireNonNull(work, "work");
        OneOffScope outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    static Optional<OneOffScope> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    String type() {
        return type;
    }

    Map<String, String> environment() {
        return environment;
    }
}
