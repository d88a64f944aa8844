package io.procmodel.addon;

import static java.util.Objects.requireNonNull;

import io.procmodel.config.ConfigVars;
import java.util.Map;

/**
 * What a provider made, in its own words. Immutable; each method gives a changed copy. It prints keys and no values.
 *
 * @param id by which the provider knows it; the platform fills in the request's uuid where it is empty
 * @param config its config vars under the provider's names, such as {@code REDISTOGO_URL}
 * @param message what the user shall read, or empty
 * @param ready whether it may be used now; if not, the provider says later, through
 *     {@code platform.addOns().provisioned(…)}
 */
public record AddOnResource(String id, ConfigVars config, String message, boolean ready) {
    /** Requires all of it. */
    public AddOnResource {
        requireNonNull(id, "id");
        requireNonNull(config, "config");
        requireNonNull(message, "message");
    }

    /** A resource with one config var. */
    public static AddOnResource of(String key, String value) {
        return of(Map.of(key, value));
    }

    /** A resource with config vars. */
    public static AddOnResource of(Map<String, String> config) {
        return new AddOnResource("", ConfigVars.of(config), "", true);
    }

    /** A resource that is being made and will be reported when it is ready (Heroku: ADD-14). */
    public static AddOnResource pending() {
        return new AddOnResource("", ConfigVars.empty(), "", false);
    }

    /** With one config var more. */
    public AddOnResource with(String key, String value) {
        return new AddOnResource(id, config.with(key, value), message, ready);
    }

    /** With the id by which the provider knows it. */
    public AddOnResource id(String newId) {
        return new AddOnResource(newId, config, message, ready);
    }

    /** With a message for the user. */
    public AddOnResource message(String newMessage) {
        return new AddOnResource(id, config, newMessage, ready);
    }
}
