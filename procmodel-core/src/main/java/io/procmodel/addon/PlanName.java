package io.procmodel.addon;

import io.procmodel.error.InvalidValueException;
import java.util.regex.Pattern;

/**
 * What one can order: a service and one of its plans, written {@code redistogo:nano} (Heroku: ADD-1).
 *
 * @param service the service, for example {@code redistogo}
 * @param plan the plan of that service, for example {@code nano}
 */
public record PlanName(String service, String plan) {
    private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    /**
     * Checks the grammar.
     *
     * @throws InvalidValueException if service or plan are not lower-case letters, digits and hyphens
     */
    public PlanName {
        checkService(service);
        check("add-on plan", plan);
    }

    static String checkService(String service) {
        return check("add-on service", service);
    }

    static String check(String what, String value) {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new InvalidValueException(what, value, "1 to 64 of a-z, 0-9 and '-', not starting with '-'");
        }
        return value;
    }

    /** Parses {@code service:plan}. */
    public static PlanName parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidValueException("add-on plan", text, "a service and a plan, service:plan");
        }
        return new PlanName(text.substring(0, colon), text.substring(colon + 1));
    }

    /** For example {@code redistogo:nano}. */
    @Override
    public String toString() {
        return service + ":" + plan;
    }
}
