package io.procmodel.addon;

import com.google.common.collect.ImmutableList;
import io.procmodel.config.ConfigVars;
import io.procmodel.error.InvalidValueException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** How attachments are named, and their config vars after them (Heroku: ADD-7, ADD-8). */
public final class AttachmentNames {
    private static final Pattern GRAMMAR = Pattern.compile("[A-Z][A-Z0-9_]{0,99}");
    private static final List<String> COLOURS = ImmutableList.of(
            "RED", "PURPLE", "SILVER", "COBALT", "BLUE", "PINK", "AMBER", "AQUA", "BLACK", "BRONZE", "COPPER",
            "CRIMSON", "CYAN", "GOLD", "GRAY", "GREEN", "IVORY", "JADE", "MAROON", "NAVY", "OLIVE", "ORANGE", "ROSE",
            "TEAL", "WHITE", "YELLOW");

    private AttachmentNames() {}

    /** What a service's config vars begin with unless it says otherwise: {@code heroku-redis} gives HEROKU_REDIS. */
    public static String prefixOf(String service) {
        return service.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /**
     * The name of an attachment as it is stored: in upper case.
     *
     * @throws InvalidValueException if it cannot begin a config key
     */
    public static String check(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (!GRAMMAR.matcher(upper).matches()) {
            throw new InvalidValueException(
                    "attachment name", name, "letters, digits and underscores, starting with a letter");
        }
        return upper;
    }

    /**
     * A name that is free: the prefix for the first, a colour behind the service's name for the next ones, a number when the
     * colours are used up.
     */
    public static String free(String prefix, String service, Predicate<String> taken) {
        if (!taken.test(prefix)) {
            return prefix;
        }
        String base = prefixOf(service);
        for (String colour : COLOURS) {
            if (!taken.test(base + "_" + colour)) {
                return base + "_" + colour;
            }
        }
        int number = 2;
        while (taken.test(base + "_" + number)) {
            number++;
        }
        return base + "_" + number;
    }

    /** The config vars of a resource as an attachment brings them: its name stands where the provider's prefix stood. */
    public static Map<String, String> vars(String attachment, String prefix, ConfigVars resource) {
        Map<String, String> vars = new LinkedHashMap<>();
        resource.asMap().forEach((key, value) -> vars.put(attachment + key.substring(prefix.length()), value));
        return vars;
    }

    /**
     * Checks what a provider brought.
     *
     * @throws AddOnRefusedException if a key does not begin with the prefix and an underscore (Heroku: ADD-21)
     */
    public static void requirePrefix(AddOnProvider provider, ConfigVars config) {
        for (String key : config.keys()) {
            if (!key.startsWith(provider.configPrefix() + "_")) {
                throw new AddOnRefusedException(
                        provider.service(),
                        "it brought the config var " + key + " (expected: one that begins with "
                                + provider.configPrefix() + "_)");
            }
        }
    }
}
