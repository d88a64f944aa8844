package io.procmodel.config;

import java.util.Objects;

/**
 * The value of a config var: any text, new lines and the empty text included (Heroku: CFG-4, CFG-5), that prints as a
 * mask. The text comes out through {@link #reveal()} alone. Immutable; equal by text.
 */
public final class ConfigValue {
    static final String MASK = "[hidden]";

    private final String text;

    private ConfigValue(String text) {
        this.text = text;
    }

    /** Wraps a text. */
    public static ConfigValue of(String text) {
        return new ConfigValue(Objects.requireNonNull(text, "text"));
    }

    /** The text itself. The caller is now the one who keeps it out of logs and errors. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfigValue that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Always the same mask, whatever the value. */
    @Override
    public String toString() {
        return MASK;
    }
}
